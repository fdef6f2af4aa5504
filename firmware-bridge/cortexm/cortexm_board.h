// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/cortexm/qemu_process.h"
#include "firmware-bridge/host/hosted_board.h"
#include "firmware-bridge/image/firmware_image.h"
#include "firmware-bridge/mailbox/jh_mailbox.h"

namespace jh {

/// Why this program cannot run on this board: for another machine, or made for other addresses.
/// Empty if it can.
std::string misfit(const Board& board, const FirmwareImage& image);

/// A board around a Cortex-M3 that QEMU emulates. The firmware meets the bench in its mailbox
/// (firmware-bridge/mailbox/jh_mailbox.h), and its clock stands still while it waits there. It is
/// told what comes next and until when nothing comes, and sleeps so long; when it is busy then, it
/// takes that late, by so much as figures() tell. Time counts from the creation of this object.
class CortexmBoard final : public HostedBoard {
public:
    /// The board has no problems (problemsOf) and the image, in the file `path`, fits; checked.
    /// `patience`: wall time for what the firmware does between two looks into its mailbox.
    CortexmBoard(Board board, FirmwareImage image, std::string path,
                 std::vector<std::uint8_t> nonvolatile, SimTime patience = 10s);

    void conversion(SimTime at, std::int64_t code) override;
    void receive(SimTime at, std::uint8_t byte) override;
    /// There are no buttons.
    bool press(SimTime, const std::string&, bool) override { return false; }
    void powerOn(SimTime at) override;
    void powerOff(SimTime at) override;
    SimTime runUntil(SimTime until, bool stopAtByte) override;
    std::vector<BoardEvent> takeEvents() override;
    std::vector<std::uint8_t> nonvolatile() const override { return memory_; }
    BoardFigures figures() const override;
    /// From where it waits in its mailbox.
    std::string whereabouts() const override;
    /// Over all that has gone through the mailbox, with its times.
    void hashInto(Hash& hash) const override;
    /// Not possible: while it waits in the mailbox QEMU serves nobody.
    std::string debug(int port) override;
    /// Why it cannot go on; empty if it can.
    const std::string& lost() const { return lost_; }

private:
    struct Input {
        enum class Kind { conversion, byte, on, off };
        SimTime at{};
        Kind kind{};
        std::int32_t value{};
    };
    bool forFirmware(const Input& input) const;
    void take(const Input& input);
    void start(SimTime at);
    /// Announces this to the firmware and lets it run until it waits again.
    void exchange(const Input* next, SimTime end);
    void listen();
    void hear(const jh_record& said);
    void greet(std::int32_t version);
    void sent(SimTime at, std::uint8_t byte);
    void keep(SimTime at, std::size_t address, std::uint8_t byte);
    bool waitsNoMore(SimTime at) const;
    void countClock();
    void lose(const std::string& why);
    std::string lossOf(QemuProcess::Heard heard);
    std::string placeOf(std::uint32_t address) const;
    void notice(const std::string& what);
    void supplyGone(SimTime at);
    std::string difference() const;

    Board board_;
    FirmwareImage image_;
    std::string path_;
    std::vector<std::uint8_t> memory_;
    SimTime patience_;
    std::unique_ptr<QemuProcess> qemu_;
    std::deque<Input> inputs_;
    std::vector<BoardEvent> events_;
    std::deque<SimTime> leaving_;  ///< when each byte on its way out has left
    SimTime now_{}, lineFree_{};
    // Of this supply; times of the bench.
    SimTime since_{}, clock_{}, announced_{}, asleep_{};
    int baud_{};  ///< 0: as the board file says
    int restarts_{};
    bool met_{};      ///< it has greeted
    bool offered_{};  ///< the first input has been announced; a reset of its own loses it
    std::uint32_t waitsAt_{};
    BoardFigures past_;  ///< of supplies before this one, and what is counted one by one
    Hash said_;
    std::vector<std::string> noticed_;
    std::string lost_;
};

}  // namespace jh
