// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "firmware-bridge/host/firmware_host.h"

namespace jh {

/// One request and what two firmwares said to it.
struct TwinExchange {
    std::vector<std::uint8_t> request;
    SimTime asked{};  ///< end of the request
    std::array<std::vector<TimedByte>, 2> replies;
};

/// Two firmwares that are handed the same, at the same times. The first one is answered with; what
/// the second one says is only kept beside it.
class TwinHost final : public FirmwareHost {
public:
    TwinHost(std::unique_ptr<FirmwareHost> first, std::unique_ptr<FirmwareHost> second)
        : first_{std::move(first)}, second_{std::move(second)} {}

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    void powerOn(SimTime at) override;
    void powerOff(SimTime at) override;
    void runUntil(SimTime until) override;
    SimTime runUntilByte(SimTime limit) override;
    std::optional<TimedByte> takeTransmitted(SimTime by) override;
    SimTime byteTime() const override { return first_->byteTime(); }
    std::optional<ExactMass> unrounded(MassUnit unit) const override {
        return first_->unrounded(unit);
    }
    std::optional<std::string> lost() const override { return first_->lost(); }
    void hashInto(Hash& hash) override { first_->hashInto(hash); }

    /// All of them so far.
    const std::vector<TwinExchange>& exchanges();
    /// Why the second one could not go on; nothing as long as it can.
    std::optional<std::string> secondLost() const { return second_->lost(); }

private:
    void hearSecond();

    std::unique_ptr<FirmwareHost> first_, second_;
    std::vector<TwinExchange> exchanges_;
    SimTime now_{};
};

}  // namespace jh
