// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "firmware-bridge/abi/jh_firmware.h"
#include "firmware-bridge/host/firmware_host.h"

namespace jh {

/// Runs a firmware inside this process; what it sends leaves at the baud rate. Its non-volatile
/// memory is an EEPROM: changed bytes are written one after the other, by rising address, each in
/// 3.3 ms (ATmega data sheets, "EEPROM Programming Time"); when the supply goes, those whose turn
/// has not come are as before, and the one under way is erased.
class NativeHost final : public FirmwareHost {
public:
    /// Powers the firmware on at time 0. 11 bits per character (8N2 or 8E1).
    NativeHost(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile, int baud);
    /// The same with characters of another length.
    NativeHost(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile, SimTime byteTime);
    /// The state block points into the non-volatile memory, so a copy would share it.
    NativeHost(const NativeHost&) = delete;
    NativeHost& operator=(const NativeHost&) = delete;
    NativeHost(NativeHost&&) = default;
    NativeHost& operator=(NativeHost&&) = default;
    ~NativeHost() override = default;

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    void powerOn(SimTime at) override;
    void powerOff(SimTime at) override;
    void runUntil(SimTime until) override;
    SimTime runUntilByte(SimTime limit) override;
    std::optional<TimedByte> takeTransmitted(SimTime by) override;

    /// The firmware's own memory, for firmware that has a door of its own to it
    /// (firmware-bridge/reference/indicator_core.h).
    void* state() { return state_.data(); }
    SimTime byteTime() const override { return byteTime_; }
    /// The firmware counts millionths of `unit`.
    std::optional<ExactMass> unrounded(MassUnit unit) const override;
    std::span<const std::uint8_t> nonvolatile() const { return nonvolatile_; }
    std::uint64_t nonvolatileWrites() const { return writes_; }
    std::optional<std::string> lost() const override { return lost_; }
    void hashInto(Hash& hash) override;

private:
    void advanceTo(SimTime at);
    void collect(SimTime now);
    void lose(const char* why);
    void keep(SimTime now);
    void storeUntil(SimTime now);
    std::optional<SimTime> wake() const;
    /// Of the byte that leaves next.
    std::optional<SimTime> nextByte() const;

    const jh_firmware_api* api_;
    std::vector<std::uint8_t> nonvolatile_;
    std::vector<std::uint64_t> state_;
    std::vector<TimedByte> transmitted_;
    std::size_t taken_{};
    SimTime byteTime_{}, lineFree_{}, now_{};
    struct Write {
        std::size_t at{};
        std::uint8_t byte{};
        SimTime done{};
    };
    std::vector<std::uint8_t> wanted_, stored_;  ///< last seen, and what is in the EEPROM
    std::deque<Write> writing_;
    std::uint64_t writes_{};
    bool supplied_{true};
    std::optional<std::string> lost_;
};

}  // namespace jh
