// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "firmware-bridge/board/board.h"
#include "firmware-bridge/host/remote_host.h"
#include "hil/report/vcd_file.h"

namespace jh {

/// What happened at the pins of an emulated board: traced pins, lamps, buttons, supply,
/// conversions, and bytes on the UART while they are on the line.
class FirmwareVcd {
public:
    FirmwareVcd(const std::filesystem::path& file, const Board& board);

    /// Something came out by itself.
    void event(const BoardEvent& event);
    /// Something was handed in, by the words of its line (docs/firmware-host.md).
    void order(std::string_view word, SimTime at, std::string_view rest);
    /// Everything has come that happened until then.
    void upTo(SimTime t) { file_.upTo(t); }
    /// False where the file could not be written.
    bool finish(SimTime end) { return file_.finish(end); }

private:
    void byteOnLine(std::size_t signal, SimTime& free, SimTime end, std::uint8_t byte);

    SimTime character_{};              ///< time of one on the UART
    SimTime sentTo_{}, receivedTo_{};  ///< end of the last byte on either line
    std::map<std::string, std::size_t, std::less<>> signals_;  ///< group and name
    VcdFile file_;
};

}  // namespace jh
