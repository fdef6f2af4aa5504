// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hil/modbus/connect_socket.h"
#include "hil/modbus/poller.h"

namespace jh {

/// Passes every byte between clients and a server on, as it comes and in both directions, and lets
/// somebody look at them. In the thread that calls the Poller's step(); no call blocks.
class TcpRelay {
public:
    /// `server` in figures.
    TcpRelay(Poller& poller, HostAddress server);
    ~TcpRelay();
    TcpRelay(const TcpRelay&) = delete;
    TcpRelay& operator=(const TcpRelay&) = delete;

    /// The real port.
    [[nodiscard]] Expected<std::uint16_t, IoError> listen(const std::string& host,
                                                          std::uint16_t port);

    /// Bytes of a connection, whose numbers start at 1, just before they are passed on.
    std::function<void(std::uint64_t connection, bool fromClient,
                       std::span<const std::uint8_t> bytes)>
        onBytes;
    /// A connection is no more. `why` is empty when one side has closed it.
    std::function<void(std::uint64_t connection, const std::string& why)> onClosed;

    std::uint64_t connections() const { return connections_; }

private:
    struct Side {
        FileDescriptor socket;
        std::vector<std::uint8_t> pending;  ///< still to be written to it
        bool silent{};                      ///< will say no more
        bool told{};                        ///< it knows that the other is silent
    };
    struct Connection {
        std::uint64_t number{};
        Side client, server;
        bool made{};  ///< the one to the server stands
    };

    void accept();
    void ready(Connection& c, bool client, Poller::Readiness readiness);
    bool read(Connection& c, bool client);
    bool write(Side& to, const Side& from);
    void await(Connection& c);
    void close(Connection& c, const std::string& why);

    Poller& poller_;
    HostAddress server_;
    FileDescriptor listener_;
    std::uint64_t connections_{};
    std::map<std::uint64_t, std::unique_ptr<Connection>> open_;
};

}  // namespace jh
