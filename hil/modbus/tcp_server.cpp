// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/tcp_server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "hil/modbus/listen_socket.h"
#include "hil/modbus/tcp_connection.h"
#include "sim/base/check.h"

namespace jh {
namespace {

using std::chrono::nanoseconds;

/// By which part of its limit a connection may be closed too late.
constexpr int sweepsPerLimit = 8;

int openSpare() {
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

}  // namespace

struct TcpServer::State {
    TcpService service;
    std::vector<std::unique_ptr<TcpPort>> ports{};
    std::vector<std::unique_ptr<TcpConnection>> connections{};  // by descriptor
    std::size_t open{};
    std::optional<Poller::TimerId> sweeping{};
    int spare{openSpare()};
    bool reachable{true};

    State(Poller& poller, const TcpServerOptions& options) : service{poller, options} {
        JH_CHECK(service.options.requestsPerTurn > 0);
        service.close = [this](TcpConnection& connection, CloseReason reason) {
            ++service.counters.closed[static_cast<std::size_t>(reason)];
            --open;
            connections[static_cast<std::size_t>(connection.descriptor())].reset();
        };
    }
    ~State() {
        connections.clear();
        for (auto& port : ports) {
            service.poller.remove(port->descriptor);
            ::close(port->descriptor);
        }
        if (sweeping) service.poller.cancel(*sweeping);
        if (spare >= 0) ::close(spare);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// One connection a step: a storm of them leaves the others their turn.
    void accept(TcpPort& port) {
        sockaddr_storage peer{};
        socklen_t length = sizeof peer;
        const int descriptor = accept4(port.descriptor, reinterpret_cast<sockaddr*>(&peer), &length,
                                       SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            welcome(port, descriptor, peer);
        } else if (errno == EMFILE || errno == ENFILE) {
            turnAway(port);
        }
    }

    /// Out of descriptors: whoever waits in the queue would keep the Poller awake for ever, so the
    /// spare one serves to close that connection.
    void turnAway(TcpPort& port) {
        if (spare >= 0) ::close(spare);
        const int descriptor = accept4(port.descriptor, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0) {
            ++service.counters.refused;
            ::close(descriptor);
        }
        spare = openSpare();
    }

    void welcome(TcpPort& port, int descriptor, const sockaddr_storage& peer) {
        const TcpServerOptions& options = service.options;
        const bool full =
            open >= options.mostConnections || port.open >= options.mostConnectionsPerPort;
        const auto place = static_cast<std::size_t>(descriptor);
        if (full || !reachable ||
            !service.poller.add(descriptor, {}, [this, place](Poller::Readiness readiness) {
                connections[place]->ready(readiness);
            })) {
            ++service.counters.refused;
            ::close(descriptor);
            return;
        }
        if (connections.size() <= place) connections.resize(place + 1);
        const bool mayWrite = options.allowWrite || isLoopback(peer);
        connections[place] = std::make_unique<TcpConnection>(
            service, port, descriptor, mayWrite ? Access::readWrite : Access::readOnly);
        ++open;
        if (!sweeping) sweepLater();
    }

    void sweepLater() {
        const TcpServerOptions& options = service.options;
        const nanoseconds limit =
            std::min(options.requestTimeLimit, options.idleTimeLimit.value_or(nanoseconds::max()));
        const nanoseconds pause = std::clamp<nanoseconds>(
            limit / sweepsPerLimit, std::chrono::milliseconds{1}, std::chrono::seconds{1});
        sweeping = service.poller.at(service.poller.now() + pause, [this] {
            sweeping.reset();
            sweep();
            if (open > 0) sweepLater();
        });
    }

    void takeAway() {
        for (auto& connection : connections) {
            if (connection) service.close(*connection, CloseReason::away);
        }
    }

    void sweep() {
        for (auto& connection : connections) {
            if (!connection) continue;
            const auto reason = connection->overdue(service.poller.now());
            if (reason) service.close(*connection, *reason);
        }
    }
};

TcpServer::TcpServer(Poller& poller, const TcpServerOptions& options)
    : state_{std::make_unique<State>(poller, options)} {}

TcpServer::~TcpServer() = default;

Expected<std::uint16_t, IoError> TcpServer::listen(const TcpPortConfig& config) {
    const auto socket = openListenSocket(config.host, config.port);
    if (!socket) return Unexpected<IoError>{socket.error()};
    // The connections inherit both.
    const int on = 1;
    const int unread = state_->service.options.unreadReplyBytes;
    setsockopt(socket->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(socket->descriptor, SOL_SOCKET, SO_SNDBUF, &unread, sizeof unread);
    auto port = std::make_unique<TcpPort>(TcpPort{socket->descriptor, socket->port, config});
    const auto watched = state_->service.poller.add(
        socket->descriptor, {},
        [state = state_.get(), &port = *port](Poller::Readiness) { state->accept(port); });
    if (!watched) {
        close(socket->descriptor);
        return Unexpected<IoError>{watched.error()};
    }
    state_->ports.push_back(std::move(port));
    return socket->port;
}

void TcpServer::setMonitor(TcpMonitor monitor) {
    state_->service.monitor = std::move(monitor);
}

void TcpServer::setLineFault(TcpLineFault fault) {
    state_->service.fault = std::move(fault);
}

void TcpServer::setReachable(bool reachable) {
    state_->reachable = reachable;
    if (!reachable) state_->takeAway();
}

const TcpCounters& TcpServer::counters() const {
    return state_->service.counters;
}

std::size_t TcpServer::openConnections() const {
    return state_->open;
}

}  // namespace jh
