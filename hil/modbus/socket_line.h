// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hil/modbus/connect_socket.h"
#include "hil/modbus/rtu_client.h"

namespace jh {

/// RTU frames over a TCP connection, as serial servers and gateways carry them: no silences, the
/// function dictates where a reply ends. Connects with the first exchange, and anew after the
/// connection was lost.
class SocketLine final : public Line {
public:
    /// `address` in figures.
    explicit SocketLine(HostAddress address) : address_{std::move(address)} {}

    /// A reply whose length its function dictates, right or damaged, as soon as it is whole; of
    /// another function what came until the stream rested. The time-out counts to the first byte.
    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override;

    /// Why the last exchange could not be made; nothing after mere silence.
    const std::optional<IoError>& fault() const { return fault_; }

private:
    bool connect(SimTime timeout);
    bool send(std::span<const std::uint8_t> request);
    /// Waits until something has come; whether it has.
    bool hear(SimTime deadline, std::vector<std::uint8_t>& into);
    void lose(const IoError& why);

    HostAddress address_;
    FileDescriptor socket_;
    std::optional<IoError> fault_;
};

}  // namespace jh
