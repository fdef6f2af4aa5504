// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/socket_line.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "hil/modbus/rtu_lengths.h"

namespace jh {
namespace {

/// A pause inside a reply: gateways pass lumps on, networks delay them.
constexpr SimTime longestPause = 100ms;

}  // namespace

bool SocketLine::connect(SimTime timeout) {
    fault_.reset();
    if (socket_.open()) return true;
    constexpr SimTime leastPatience = 1s;
    auto made = connectSocket(address_, std::max(timeout, leastPatience));
    if (!made) {
        fault_ = made.error();
        return false;
    }
    socket_ = std::move(*made);
    return true;
}

void SocketLine::lose(const IoError& why) {
    fault_ = why;
    socket_ = FileDescriptor{};
}

bool SocketLine::send(std::span<const std::uint8_t> request) {
    // What a late reply has left behind is no reply to this.
    std::array<std::uint8_t, 512> old{};
    while (recv(socket_.number(), old.data(), old.size(), 0) > 0) {
    }
    const ssize_t sent = ::send(socket_.number(), request.data(), request.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(request.size())) return true;
    lose({IoError::Kind::disconnected, address_.text() + ": the connection is lost"});
    return false;
}

bool SocketLine::hear(SimTime deadline, std::vector<std::uint8_t>& into) {
    while (true) {
        const SimTime left = std::max(deadline - steadyNow(), SimTime{});
        const auto whole = std::chrono::floor<std::chrono::seconds>(left);
        const timespec timeout{static_cast<time_t>(whole.count()),
                               static_cast<long>((left - whole).count())};
        pollfd wanted{socket_.number(), POLLIN, 0};
        if (ppoll(&wanted, 1, &timeout, nullptr) == 0) return false;
        std::array<std::uint8_t, mostRtuBytes> bytes{};
        const ssize_t count = recv(socket_.number(), bytes.data(), bytes.size(), 0);
        if (count > 0) {
            into.insert(into.end(), bytes.begin(), bytes.begin() + count);
            return true;
        }
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        lose({IoError::Kind::disconnected,
              address_.text() + ": " +
                  (count == 0 ? "the device has closed the connection" : std::strerror(errno))});
        return false;
    }
}

std::vector<std::uint8_t> SocketLine::exchange(std::span<const std::uint8_t> request,
                                               SimTime timeout) {
    if (!connect(timeout) || !send(request)) return {};
    std::vector<std::uint8_t> reply;
    SimTime deadline = steadyNow() + timeout;
    while (reply.size() < mostRtuBytes && hear(deadline, reply)) {
        const auto length = rtuLength(RtuSide::reply, reply);
        if (length && reply.size() >= *length) return reply;
        deadline = steadyNow() + longestPause;
    }
    if (fault_) return {};
    // Half a reply may get its other half later: it would pass for the next one.
    if (reply.empty() || !isRtuFrame(reply)) socket_ = FileDescriptor{};
    return reply;
}

}  // namespace jh
