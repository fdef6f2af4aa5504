// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/tcp_relay.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "hil/modbus/listen_socket.h"

namespace jh {

TcpRelay::TcpRelay(Poller& poller, HostAddress server)
    : poller_{poller}, server_{std::move(server)} {}

TcpRelay::~TcpRelay() {
    if (listener_.open()) poller_.remove(listener_.number());
    for (const auto& [number, c] : open_) {
        poller_.remove(c->client.socket.number());
        poller_.remove(c->server.socket.number());
    }
}

Expected<std::uint16_t, IoError> TcpRelay::listen(const std::string& host, std::uint16_t port) {
    const auto socket = openListenSocket(host, port);
    if (!socket) return Unexpected<IoError>{socket.error()};
    listener_ = FileDescriptor{socket->descriptor};
    auto added = poller_.add(listener_.number(), {}, [this](Poller::Readiness) { accept(); });
    if (!added) return Unexpected<IoError>{added.error()};
    return socket->port;
}

void TcpRelay::accept() {
    FileDescriptor client{
        accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    if (!client.open()) return;
    const int on = 1;
    setsockopt(client.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::uint64_t number = ++connections_;
    auto server = beginConnection(server_);
    if (!server) {
        if (onClosed) onClosed(number, server.error().text);
        return;
    }
    auto& place = open_[number];
    place = std::make_unique<Connection>();
    Connection& c = *place;
    c.number = number;
    c.client.socket = std::move(client);
    c.server.socket = std::move(*server);
    for (const bool ofClient : {true, false}) {
        const int socket = (ofClient ? c.client : c.server).socket.number();
        // Refused only when the system is out of memory for it; then nothing is ever ready.
        static_cast<void>(
            poller_.add(socket, {ofClient, !ofClient},
                        [this, &c, ofClient](auto readiness) { ready(c, ofClient, readiness); }));
    }
}

void TcpRelay::ready(Connection& c, bool client, Poller::Readiness readiness) {
    if (!client && !c.made) {
        if (const auto made = endConnection(c.server.socket.number(), server_); !made) {
            return close(c, made.error().text);
        }
        c.made = readiness.writable;
    }
    // What came before the end is still passed on.
    if ((readiness.readable || readiness.hungUp) && !read(c, client)) {
        return close(c, {});
    }
    if (!write(c.client, c.server) || (c.made && !write(c.server, c.client))) {
        return close(c, {});
    }
    const bool over =
        c.client.silent && c.server.silent && c.client.pending.empty() && c.server.pending.empty();
    if (over || readiness.hungUp) return close(c, {});
    await(c);
}

bool TcpRelay::read(Connection& c, bool client) {
    Side& from = client ? c.client : c.server;
    Side& to = client ? c.server : c.client;
    // Whoever does not read is not read for: the other waits, as without us.
    if (from.silent || !to.pending.empty()) return true;
    std::array<std::uint8_t, 16384> bytes{};
    const ssize_t count = recv(from.socket.number(), bytes.data(), bytes.size(), 0);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    if (count == 0) {
        from.silent = true;
        return true;
    }
    const std::span<const std::uint8_t> some{bytes.data(), static_cast<std::size_t>(count)};
    if (onBytes) onBytes(c.number, client, some);
    to.pending.assign(some.begin(), some.end());
    return true;
}

bool TcpRelay::write(Side& to, const Side& from) {
    if (!to.pending.empty()) {
        const ssize_t sent =
            send(to.socket.number(), to.pending.data(), to.pending.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (sent > 0) to.pending.erase(to.pending.begin(), to.pending.begin() + sent);
    }
    if (from.silent && to.pending.empty() && !to.told) {
        shutdown(to.socket.number(), SHUT_WR);
        to.told = true;
    }
    return true;
}

void TcpRelay::await(Connection& c) {
    poller_.change(c.client.socket.number(),
                   {!c.client.silent && c.server.pending.empty(), !c.client.pending.empty()});
    poller_.change(c.server.socket.number(),
                   {c.made && !c.server.silent && c.client.pending.empty(),
                    !c.made || !c.server.pending.empty()});
}

void TcpRelay::close(Connection& c, const std::string& why) {
    const std::uint64_t number = c.number;
    poller_.remove(c.client.socket.number());
    poller_.remove(c.server.socket.number());
    open_.erase(number);
    if (onClosed) onClosed(number, why);
}

}  // namespace jh
