// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/listen_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace jh {
namespace {

// The socket interface wants its addresses by the general type.
template <class Address>
sockaddr* general(Address& address) {
    return reinterpret_cast<sockaddr*>(&address);
}

/// As many as the kernel keeps; it cuts the figure down to its own limit.
constexpr int connectionsWaiting = 4096;

IoError refusal(int error, const std::string& host, std::uint16_t port) {
    const std::string number = std::to_string(port);
    const std::string what = host + ":" + number + ": ";
    switch (error) {
        case EADDRINUSE:
            return {IoError::Kind::refused,
                    what + "the port is in use; stop the program that has it (ss -ltnp 'sport = :" +
                        number + "' names it) or take another port, 0 for any free one"};
        case EACCES:
            return {IoError::Kind::refused,
                    what +
                        "ports below 1024 need a permission; take one from 1024 on, or give the "
                        "program cap_net_bind_service with setcap"};
        case EADDRNOTAVAIL:
            return {IoError::Kind::refused,
                    what +
                        "this machine has no such address; `ip address` lists those it has, "
                        "0.0.0.0 means all"};
        case EMFILE:
        case ENFILE:
            return {IoError::Kind::refused,
                    what +
                        "too many open files; raise the limit (ulimit -n): each port and each "
                        "connection takes one"};
        default:
            return {IoError::Kind::refused, what + std::strerror(error)};
    }
}

/// Length of the address; 0 when `host` is none.
socklen_t fill(sockaddr_storage& address, const std::string& host, std::uint16_t port) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        return sizeof v4;
    }
    if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        return sizeof v6;
    }
    return 0;
}

std::uint16_t portOf(const sockaddr_storage& address) {
    return ntohs(address.ss_family == AF_INET6
                     ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                     : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace

Expected<ListenSocket, IoError> openListenSocket(const std::string& host, std::uint16_t port) {
    sockaddr_storage address{};
    socklen_t length = fill(address, host, port);
    if (length == 0) {
        return Unexpected<IoError>{
            {IoError::Kind::refused,
             "'" + host + "' is no address in figures; write for example 127.0.0.1 or ::1"}};
    }
    const int descriptor = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return Unexpected<IoError>{refusal(errno, host, port)};
    // Connections of a former run may still be dying on the port; a living listener keeps it.
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(descriptor, general(address), length) != 0 ||
        listen(descriptor, connectionsWaiting) != 0 ||
        getsockname(descriptor, general(address), &length) != 0) {
        const int error = errno;
        close(descriptor);
        return Unexpected<IoError>{refusal(error, host, port)};
    }
    return ListenSocket{descriptor, portOf(address)};
}

bool isLoopback(const sockaddr_storage& peer) {
    if (peer.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
        return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
    }
    if (peer.ss_family != AF_INET6) return false;
    const in6_addr& v6 = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) return v6.s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace jh
