// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/connect_socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace jh {
namespace {

constexpr std::uint16_t usualPort = 502;

IoError failure(const HostAddress& address, int error) {
    const std::string where = address.text() + ": ";
    switch (error) {
        case ECONNREFUSED:
            return {IoError::Kind::disconnected,
                    where + "nothing listens there; is the device on, and is this its port?"};
        case ETIMEDOUT:
        case EINPROGRESS:
            return {IoError::Kind::disconnected,
                    where +
                        "no connection; is this its address, and are cable and network right? "
                        "ping " +
                        address.host};
        case ENETUNREACH:
        case EHOSTUNREACH:
            return {IoError::Kind::disconnected,
                    where +
                        "no way there; this machine needs an address in the device's network "
                        "(ip address, ip route)"};
        default:
            return {IoError::Kind::disconnected, where + std::strerror(error)};
    }
}

}  // namespace

std::optional<HostAddress> parseHostAddress(const std::string& text) {
    HostAddress address{text, usualPort};
    const auto colon = text.rfind(':');
    const bool bracketed = text.starts_with('[');
    const auto bracket = text.find(']');
    if (bracketed && bracket == std::string::npos) return std::nullopt;
    if (colon != std::string::npos && (!bracketed || colon > bracket)) {
        const char* end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data() + colon + 1, end, address.port);
        if (error != std::errc{} || read != end || address.port == 0) return std::nullopt;
        address.host = text.substr(0, colon);
    }
    if (bracketed) address.host = text.substr(1, bracket - 1);
    const bool plain = address.host.find_first_of(" /@[]") == std::string::npos;
    if (address.host.empty() || !plain) return std::nullopt;
    return address;
}

Expected<HostAddress, IoError> inFigures(const HostAddress& address) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found{};
    const int error = getaddrinfo(address.host.c_str(), nullptr, &hints, &found);
    if (error != 0) {
        return Unexpected<IoError>{
            {IoError::Kind::disconnected,
             address.host + ": " + gai_strerror(error) + "; write the address in figures"}};
    }
    char figures[INET_ADDRSTRLEN]{};
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(found->ai_addr);
    inet_ntop(AF_INET, &v4->sin_addr, figures, sizeof figures);
    freeaddrinfo(found);
    return HostAddress{figures, address.port};
}

Expected<FileDescriptor, IoError> beginConnection(const HostAddress& address) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(address.port);
    if (inet_pton(AF_INET, address.host.c_str(), &to.sin_addr) != 1) {
        return Unexpected<IoError>{failure(address, EADDRNOTAVAIL)};
    }
    FileDescriptor file{socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!file.open()) return Unexpected<IoError>{failure(address, errno)};
    // A request is one small packet and shall leave at once.
    const int on = 1;
    setsockopt(file.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto* general = reinterpret_cast<const sockaddr*>(&to);
    if (connect(file.number(), general, sizeof to) != 0 && errno != EINPROGRESS) {
        return Unexpected<IoError>{failure(address, errno)};
    }
    return file;
}

Expected<void, IoError> endConnection(int socket, const HostAddress& address) {
    int error{};
    socklen_t length = sizeof error;
    getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) return Unexpected<IoError>{failure(address, error)};
    return {};
}

Expected<FileDescriptor, IoError> connectSocket(const HostAddress& address, SimTime timeout) {
    auto file = beginConnection(address);
    if (!file) return file;
    pollfd wanted{file->number(), POLLOUT, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(timeout / 1ms));
    if (ready <= 0) return Unexpected<IoError>{failure(address, ETIMEDOUT)};
    if (const auto made = endConnection(file->number(), address); !made) {
        return Unexpected<IoError>{made.error()};
    }
    return file;
}

}  // namespace jh
