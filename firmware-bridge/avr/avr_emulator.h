// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/host/hosted_board.h"
#include "firmware-bridge/image/firmware_image.h"
#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

class AvrChip;
class AvrSurvey;

/// Why this program cannot run on this board: for another machine, or too large. Empty if it can.
std::string misfit(const Board& board, const FirmwareImage& image);

/// A board around an AVR, emulated by simavr instruction by instruction, in lock step: it stops at
/// most 3 cycles after the time it is told. Time counts from the creation of this object.
class AvrEmulator final : public HostedBoard {
public:
    /// The board has no problems (problemsOf) and the image fits; checked.
    AvrEmulator(Board board, FirmwareImage image, std::vector<std::uint8_t> eeprom,
                bool watched = false, bool noted = false);
    ~AvrEmulator() override;

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    bool press(SimTime at, const std::string& button, bool pressed) override;
    void powerOn(SimTime at) override;
    /// A byte of EEPROM that is just being written is lost.
    void powerOff(SimTime at) override;
    SimTime runUntil(SimTime until, bool stopAtByte) override;
    std::vector<BoardEvent> takeEvents() override;
    std::vector<std::uint8_t> nonvolatile() const override;
    BoardFigures figures() const override;
    BoardSurvey survey() override;
    std::vector<AddressRange> executed() const override;
    std::string whereabouts() const override;
    void hashInto(Hash& hash) const override;
    std::string debug(int port) override;

private:
    struct Input {
        SimTime at{};
        enum class Kind { conversion, byte, press, on, off } kind{};
        std::int64_t value{};
        std::size_t button{};
    };
    void take(const Input& input);
    void takeDue();
    void runTo(SimTime t, bool stopAtByte);
    void switchOn(SimTime at);
    void supplyGone(SimTime at);
    void notice(const std::string& what);
    void lose(const std::string& why);
    void checkHabits();
    void checkConverter();
    void checkProgress();

    Board board_;
    FirmwareImage image_;
    std::vector<std::uint8_t> eeprom_;
    std::unique_ptr<AvrChip> chip_;  ///< none without supply
    bool watched_, noted_;
    std::vector<std::uint8_t> executed_;  ///< by word of flash, since the beginning
    std::unique_ptr<AvrSurvey> survey_;   ///< of the chip that has supply
    BoardSurvey seen_;                    ///< of the one before
    std::deque<Input> inputs_;
    std::vector<BoardEvent> events_;
    SimTime now_{};
    SimTime lastTaken_{};  ///< when a conversion was last seen to be read
    std::uint64_t takenBefore_{}, givenThen_{};
    /// What anybody outside sees of it, or that it has come to rest: conversions read, bytes sent,
    /// EEPROM written, cycles asleep, resets.
    std::array<std::uint64_t, 5> doneBefore_{};
    SimTime lastDone_{};
    BoardFigures past_;  ///< of supplies before this one
    std::vector<std::string> noticed_;
};

}  // namespace jh
