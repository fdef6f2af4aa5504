// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/host/hosted_board.h"
#include "firmware-bridge/native/native_host.h"

namespace jh {

/// A firmware compiled for this machine, as a host program runs it: what crashes or hangs is lost
/// with its cause, and nothing else.
class NativeBoard final : public HostedBoard {
public:
    /// `nonvolatile` is filled up with 0xFF; `nameOf` tells the function at an address of the
    /// firmware. prepareGuard() has been called.
    NativeBoard(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile, SimTime byteTime,
                std::function<std::string(const void*)> nameOf);

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    bool press(SimTime, const std::string&, bool) override { return false; }
    void powerOn(SimTime at) override;
    void powerOff(SimTime at) override;
    SimTime runUntil(SimTime until, bool stopAtByte) override;
    std::vector<BoardEvent> takeEvents() override;
    std::vector<std::uint8_t> nonvolatile() const override;
    BoardFigures figures() const override;
    std::string whereabouts() const override { return "between two calls"; }
    void hashInto(Hash& hash) const override;
    /// A debugger attaches to this process; from now on the system lets any of this user.
    std::string debug(int port) override;

private:
    struct Input {
        SimTime at{};
        enum class Kind { conversion, byte, on, off } kind{};
        std::int64_t value{};
    };
    void take(const Input& input);
    void step(SimTime next, bool stopAtByte);
    bool takeBytes();
    /// Runs the firmware; false when it is lost by that.
    bool alive(const std::function<void()>& work);

    std::function<std::string(const void*)> nameOf_;
    std::unique_ptr<NativeHost> host_;  ///< none after a loss
    std::vector<std::uint8_t> kept_;    ///< non-volatile memory after a loss
    std::deque<Input> inputs_;
    std::vector<BoardEvent> events_;
    SimTime now_{};
    std::uint64_t conversions_{}, starts_{1};
    bool noticed_{};  ///< that it wears its memory out
};

}  // namespace jh
