// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/tcp_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <utility>

namespace jh {
namespace {

using std::chrono::nanoseconds;

CloseReason reasonOfFailedSend(int error) {
    const bool gone = error == EPIPE || error == ECONNRESET || error == ETIMEDOUT;
    return gone ? CloseReason::peer : CloseReason::unreadReply;
}

}  // namespace

Station* TcpPort::stationFor(std::uint8_t unit) const {
    const bool mbap = config.framing == AduFraming::mbap;
    if (mbap && config.stations.size() == 1 && (unit == 0 || unit == 255)) {
        return config.stations.begin()->second;
    }
    const auto found = config.stations.find(unit);
    return found == config.stations.end() ? nullptr : found->second;
}

TcpConnection::TcpConnection(TcpService& service, TcpPort& port, int descriptor, Access access)
    : service_{service},
      port_{port},
      descriptor_{descriptor},
      access_{access},
      number_{++service.counters.connections},
      receiver_{port.config.framing},
      lastBytes_{service.poller.now()} {
    ++port_.open;
}

TcpConnection::~TcpConnection() {
    if (turn_) service_.poller.cancel(*turn_);
    if (sending_) service_.poller.cancel(*sending_);
    service_.poller.remove(descriptor_);
    close(descriptor_);
    --port_.open;
}

void TcpConnection::ready(Poller::Readiness readiness) {
    if (readiness.hungUp) {
        service_.close(*this, CloseReason::peer);
    } else if (!turn_ && !sending_) {
        takeTurn();
    }
}

std::optional<CloseReason> TcpConnection::overdue(Poller::Time now) const {
    if (turn_ || sending_) return std::nullopt;  // it waits for us
    if (begun_ && now - *begun_ > service_.options.requestTimeLimit) {
        return CloseReason::slowRequest;
    }
    const auto idle = service_.options.idleTimeLimit;
    if (idle && now - lastBytes_ > *idle) return CloseReason::idle;
    return std::nullopt;
}

void TcpConnection::takeTurn() {
    bool received = false;
    for (int served = 0; served < service_.options.requestsPerTurn;) {
        if (const auto request = receiver_.next()) {
            ++served;
            begun_.reset();
            if (!serve(*request)) return;
            continue;
        }
        if (receiver_.broken()) return service_.close(*this, CloseReason::framing);
        if (received) {
            if (!receiver_.partial()) {
                begun_.reset();
            } else if (!begun_) {
                begun_ = service_.poller.now();
            }
            return;
        }
        received = true;
        if (!receive()) return;
    }
    // The socket may have no more to say when the bytes at hand hold further requests.
    if (!receiver_.partial()) return;
    turn_ = service_.poller.at(service_.poller.now(), [this] {
        turn_.reset();
        takeTurn();
    });
}

bool TcpConnection::receive() {
    const auto room = receiver_.room();
    const ssize_t length = recv(descriptor_, room.data(), room.size(), 0);
    if (length > 0) {
        receiver_.received(static_cast<std::size_t>(length));
        lastBytes_ = service_.poller.now();
        return true;
    }
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    service_.close(*this, CloseReason::peer);
    return false;
}

bool TcpConnection::serve(std::span<const std::uint8_t> request) {
    ++service_.counters.requests;
    const bool mbap = port_.config.framing == AduFraming::mbap;
    const std::uint8_t unit = request[mbap ? mbapHeaderBytes - 1 : 0];
    const bool hooked = service_.monitor || service_.fault;
    if (mbap && !hooked) return serveDirectly(request, unit);

    const PduAnswer answered = answer(request, unit);
    count(answered);
    const TcpExchange exchange{number_, port_.number, port_.config.framing, request, answered.adu};
    if (service_.monitor) service_.monitor(exchange);
    if (!answered.answered) return true;
    if (!service_.fault) return send(answered.adu);
    auto parts = service_.fault(exchange);
    parts_.assign(std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
    return sendParts();
}

bool TcpConnection::serveDirectly(std::span<const std::uint8_t> request, std::uint8_t unit) {
    Station* station = port_.stationFor(unit);
    PduServer& server = service_.mbap;
    const PduAnswer answered = station != nullptr
                                   ? server.answerTo(descriptor_, request, *station, access_)
                                   : server.refuseTo(descriptor_, request, gatewayTargetSilent);
    const int error = errno;
    count(answered);
    if (answered.whole) return true;
    service_.close(*this, reasonOfFailedSend(error));
    return false;
}

PduAnswer TcpConnection::answer(std::span<const std::uint8_t> request, std::uint8_t unit) {
    Station* station = port_.stationFor(unit);
    if (port_.config.framing == AduFraming::mbap) {
        if (station == nullptr) return service_.mbap.refuse(request, gatewayTargetSilent);
        return service_.mbap.answer(request, *station, access_);
    }
    if (station != nullptr) return service_.rtu.answer(request, *station, access_);
    if (unit == 0) {
        for (const auto& [id, each] : port_.config.stations) {
            service_.rtu.answer(request, *each, access_);
        }
    }
    return {};
}

void TcpConnection::count(const PduAnswer& answer) {
    if (answer.answered && answer.exception != ModbusException::none) {
        ++service_.counters.exceptions;
    }
}

bool TcpConnection::send(std::span<const std::uint8_t> bytes) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(bytes.size())) return true;
    // The rest of a reply could only be sent later, which nobody waits for.
    service_.close(*this, sent < 0 ? reasonOfFailedSend(errno) : CloseReason::unreadReply);
    return false;
}

bool TcpConnection::sendParts() {
    while (!parts_.empty()) {
        TcpReplyPart& part = parts_.front();
        const nanoseconds pause = std::exchange(part.after, nanoseconds{0});
        if (pause > nanoseconds{0}) {
            if (!sending_) service_.poller.change(descriptor_, {false, false});
            sending_ = service_.poller.at(Poller::Time::clock::now() + pause, [this] { resume(); });
            return false;
        }
        if (!send(part.bytes)) return false;
        parts_.pop_front();
    }
    return true;
}

void TcpConnection::resume() {
    if (!sendParts()) return;
    sending_.reset();
    service_.poller.change(descriptor_, {});
    takeTurn();
}

}  // namespace jh
