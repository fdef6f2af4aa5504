// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <functional>
#include <utility>

#include "hil/modbus/tcp_server.h"
#include "tests/support/fake_station.h"
#include "tests/support/modbus_frame.h"

namespace jh::test {

using namespace std::chrono_literals;

/// Long enough for any machine; a test that is right never waits for it.
constexpr auto patience = 10s;

/// Steps the poller until this holds; whether it ever did.
inline bool until(Poller& poller, const std::function<bool()>& holds) {
    const auto end = Poller::Time::clock::now() + patience;
    while (!holds()) {
        if (Poller::Time::clock::now() > end) return false;
        poller.step(1ms);
    }
    return true;
}

/// A client in the same thread as the server: while it waits, the server is stepped.
class Client {
public:
    Client(Poller& poller, std::uint16_t port, const char* host = "127.0.0.1")
        : poller_{poller}, socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        inet_pton(AF_INET, host, &address.sin_addr);
        BOOST_REQUIRE(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        // Or the second half of a request waits 40 ms for the first to be acknowledged.
        const int on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Client() { hangUp(); }
    Client(Client&& other) noexcept
        : poller_{other.poller_}, socket_{std::exchange(other.socket_, -1)} {}
    Client& operator=(Client&&) = delete;

    void hangUp() {
        if (socket_ >= 0) close(std::exchange(socket_, -1));
    }
    /// With a reset instead of a farewell.
    void abort() {
        const linger now{1, 0};
        setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        hangUp();
    }
    void finishSending() const { shutdown(socket_, SHUT_WR); }
    /// How much of it the socket took without waiting.
    std::size_t send(const Bytes& bytes) const {
        const ssize_t sent =
            ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return sent < 0 ? 0 : static_cast<std::size_t>(sent);
    }
    /// So many bytes, or fewer when the server closes before.
    Bytes receive(std::size_t count) {
        Bytes got;
        BOOST_TEST(until(poller_, [&] {
            Bytes more(count - got.size());
            const ssize_t length = recv(socket_, more.data(), more.size(), MSG_DONTWAIT);
            if (length == 0 || (length < 0 && errno != EAGAIN)) closed_ = true;
            if (length > 0) got.insert(got.end(), more.begin(), more.begin() + length);
            return closed_ || got.size() == count;
        }));
        return got;
    }
    Bytes ask(const Bytes& request, std::size_t replyBytes) {
        send(request);
        return receive(replyBytes);
    }
    /// Whether the server has closed the connection; waits for it to.
    bool isClosed() {
        receive(1);
        return closed_;
    }
    int socket() const { return socket_; }

private:
    Poller& poller_;
    int socket_;
    bool closed_{};
};

/// A server with one port for one station, unit 1.
struct Loopback {
    Poller poller;
    FakeStation station;
    TcpServer server;
    std::uint16_t port;

    explicit Loopback(TcpServerOptions options = {}, AduFraming framing = AduFraming::mbap)
        : server{poller, options}, port{open(framing)} {
        station.at(ModbusTable::holdingRegisters, 7) = 0x1234;
    }
    std::uint16_t open(AduFraming framing) {
        const auto listening = server.listen({"127.0.0.1", 0, framing, {{1, &station}}});
        BOOST_REQUIRE(listening.has_value());
        return *listening;
    }
    Client connect() { return Client{poller, port}; }
    std::uint64_t closedFor(CloseReason reason) const {
        return server.counters().closedFor(reason);
    }
    /// Whether an honest client gets its answer.
    bool serves() {
        Client client = connect();
        return client.ask(mbap(9, 1, {0x03, 0, 7, 0, 1}), 11) == mbap(9, 1, {0x03, 2, 0x12, 0x34});
    }
};

}  // namespace jh::test
