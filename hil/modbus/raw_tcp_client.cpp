// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "hil/modbus/raw_client.h"
#include "hil/modbus/serial_port.h"

namespace jh {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Transaction, protocol, length (two bytes each); the length counts unit and PDU.
constexpr std::size_t headBytes = 6, mostCounted = 254;
constexpr SimTime connectTimeout{3s};

int milliseconds(SimTime left) {
    return left <= SimTime{} ? 0 : static_cast<int>((left + 999'999ns) / 1ms);
}

bool await(int descriptor, short events, SimTime until) {
    pollfd waiting{descriptor, events, 0};
    int ready = 0;
    do {
        ready = ::poll(&waiting, 1, milliseconds(until - steadyNow()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

class RawTcpClient final : public RawClient {
public:
    RawTcpClient(std::string host, std::uint16_t port, SimTime replyTimeout)
        : host_{std::move(host)}, port_{port}, replyTimeout_{replyTimeout} {}

    LineWire wire() const override { return LineWire::tcp; }

    Bytes frame(int unit, std::span<const std::uint8_t> pdu) override {
        ++transaction_;
        const std::size_t length = pdu.size() + 1;
        const auto byte = [](std::size_t value) {
            return static_cast<std::uint8_t>(value & 0xFFU);
        };
        Bytes bytes(headBytes + length);
        bytes[0] = byte(transaction_ >> 8U);
        bytes[1] = byte(transaction_);
        bytes[4] = byte(length >> 8U);
        bytes[5] = byte(length);
        bytes[headBytes] = static_cast<std::uint8_t>(unit);
        std::copy(pdu.begin(), pdu.end(), bytes.begin() + headBytes + 1);
        return bytes;
    }

    Expected<void, IoError> connect() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        if (inet_pton(AF_INET, host_.c_str(), &address.sin_addr) != 1) {
            return lost("not an address in figures, like 192.168.0.100");
        }
        socket_ = FileDescriptor{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
        received_.clear();
        const auto* general = reinterpret_cast<const sockaddr*>(&address);
        if (::connect(socket_.number(), general, sizeof address) != 0 && errno != EINPROGRESS) {
            return lost(std::strerror(errno));
        }
        if (!await(socket_.number(), POLLOUT, steadyNow() + connectTimeout)) {
            return lost("no answer to the connection");
        }
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(socket_.number(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) return lost(std::strerror(error));
        const int on = 1;
        setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return {};
    }

    Expected<std::vector<RawAnswer>, IoError> send(const std::vector<TimedPiece>& pieces,
                                                   std::size_t answers) override {
        // Late replies to what was asked before are not answers to this.
        if (socket_.open() && !stillThere()) socket_ = {};
        if (!socket_.open()) {
            if (auto connected = connect(); !connected) {
                return Unexpected<IoError>{connected.error()};
            }
        }
        received_.clear();
        for (const TimedPiece& piece : pieces) {
            if (piece.delay > SimTime{}) ::poll(nullptr, 0, milliseconds(piece.delay));
            const auto sent =
                ::send(socket_.number(), piece.bytes.data(), piece.bytes.size(), MSG_NOSIGNAL);
            if (sent != static_cast<ssize_t>(piece.bytes.size())) {
                socket_ = {};
                return std::vector<RawAnswer>{closedOne()};
            }
        }
        const SimTime sent = steadyNow();
        std::vector<RawAnswer> got;
        while (got.size() < answers) {
            got.push_back(receive(sent));
            if (got.back().kind != RawAnswer::Kind::reply) break;
        }
        return got;
    }

private:
    static RawAnswer closedOne() {
        RawAnswer answer;
        answer.kind = RawAnswer::Kind::closed;
        return answer;
    }

    Unexpected<IoError> lost(const std::string& why) {
        socket_ = {};
        return Unexpected<IoError>{
            {IoError::Kind::disconnected, host_ + ":" + std::to_string(port_) + ": " + why}};
    }

    bool stillThere() {
        std::array<std::uint8_t, 512> bytes{};
        while (true) {
            const auto count = ::recv(socket_.number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (count == 0) return false;
            if (count < 0) return errno == EAGAIN || errno == EINTR;
        }
    }

    RawAnswer receive(SimTime sent) {
        RawAnswer answer;
        while (true) {
            if (received_.size() > headBytes) {
                const std::size_t counted = received_[4] * 256U + received_[5];
                const bool modbus = received_[2] == 0 && received_[3] == 0 && counted >= 2 &&
                                    counted <= mostCounted;
                if (!modbus) {
                    answer.kind = RawAnswer::Kind::damaged;
                    socket_ = {};
                    return answer;
                }
                if (received_.size() >= headBytes + counted) return take(counted, sent);
            }
            if (!await(socket_.number(), POLLIN, sent + replyTimeout_)) {
                answer.kind =
                    received_.empty() ? RawAnswer::Kind::silence : RawAnswer::Kind::damaged;
                return answer;
            }
            std::array<std::uint8_t, 512> bytes{};
            const auto count = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
            if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (count <= 0) {
                socket_ = {};
                return closedOne();
            }
            received_.insert(received_.end(), bytes.begin(), bytes.begin() + count);
        }
    }

    RawAnswer take(std::size_t counted, SimTime sent) {
        RawAnswer answer;
        answer.turnAround = steadyNow() - sent;
        answer.transaction = static_cast<int>(received_[0] * 256U + received_[1]);
        answer.unit = received_[headBytes];
        const auto begin = received_.begin(), end = begin + static_cast<std::ptrdiff_t>(headBytes) +
                                                    static_cast<std::ptrdiff_t>(counted);
        answer.pdu.assign(begin + headBytes + 1, end);
        received_.erase(begin, end);
        return answer;
    }

    std::string host_;
    std::uint16_t port_;
    SimTime replyTimeout_;
    FileDescriptor socket_;
    Bytes received_;
    std::uint16_t transaction_{};
};

}  // namespace

Expected<std::unique_ptr<RawClient>, IoError> openRawTcp(const std::string& host,
                                                         std::uint16_t port, SimTime replyTimeout) {
    auto client = std::make_unique<RawTcpClient>(host, port, replyTimeout);
    if (auto connected = client->connect(); !connected) {
        return Unexpected<IoError>{connected.error()};
    }
    return client;
}

}  // namespace jh
