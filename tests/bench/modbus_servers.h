// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "hil/modbus/tcp_server.h"
#include "sim/base/check.h"
#include "tests/support/fake_station.h"

namespace jh::bench {

/// Our server in a thread of its own.
struct OurServer {
    Poller poller;
    test::FakeStation station;
    TcpServer server{poller, {}};
    std::uint16_t port{};
    std::atomic<bool> done{};
    std::thread thread;

    OurServer() {
        const auto listening = server.listen({"127.0.0.1", 0, AduFraming::mbap, {{1, &station}}});
        JH_CHECK(listening.has_value());
        port = *listening;
        thread = std::thread{[this] {
            while (!done) poller.step(std::chrono::milliseconds{10});
        }};
    }
    ~OurServer() {
        done = true;
        thread.join();
    }
    OurServer(const OurServer&) = delete;
    OurServer& operator=(const OurServer&) = delete;
};

/// The server of libmodbus's own examples: select, modbus_receive, modbus_reply; one client.
struct BareServer {
    modbus_t* context = modbus_new_tcp("127.0.0.1", 0);
    modbus_mapping_t* map = modbus_mapping_new(0, 0, 1000, 0);
    int listening = modbus_tcp_listen(context, 1);
    std::uint16_t port{};
    std::thread thread;

    BareServer() {
        sockaddr_in address{};
        socklen_t length = sizeof address;
        JH_CHECK(getsockname(listening, reinterpret_cast<sockaddr*>(&address), &length) == 0);
        port = ntohs(address.sin_port);
        thread = std::thread{[this] { serve(); }};
    }
    ~BareServer() {
        thread.join();
        close(listening);
        modbus_mapping_free(map);
        modbus_free(context);
    }
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;

    void serve() {
        const int client = modbus_tcp_accept(context, &listening);
        for (;;) {
            fd_set ready;
            FD_ZERO(&ready);
            FD_SET(client, &ready);
            select(client + 1, &ready, nullptr, nullptr, nullptr);
            std::array<std::uint8_t, MODBUS_TCP_MAX_ADU_LENGTH> request{};
            const int length = modbus_receive(context, request.data());
            if (length < 0) break;
            modbus_reply(context, request.data(), length, map);
        }
        modbus_close(context);
    }
};

}  // namespace jh::bench
