// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hil/modbus/character_format.h"
#include "sim/base/sim_time.h"

namespace jh {

// What can go wrong between a station and who asks it. Each struct is one fault with its size;
// line_faults.h carries them out. The CRC fits what is sent unless the fault is about the CRC.

/// A span of time drawn anew each time, never below zero.
struct RandomTime {
    enum class Shape {
        fixed,        ///< `mean`
        uniform,      ///< `mean` - `spread` to `mean` + `spread`
        normal,       ///< standard deviation `spread`
        exponential,  ///< `spread` is not used
    };
    Shape shape{};
    SimTime mean{}, spread{};
};

namespace line_fault {

struct NoReply {};
struct LateReply {
    RandomTime delay;
};
/// Another station seems to answer: the id of the one asked plus this.
struct WrongId {
    int plus{1};
};
struct WrongCrc {};
/// The last bytes never come.
struct Truncated {
    int missingBytes{1};
};
/// A pause inside the reply.
struct Split {
    int afterBytes{3};
    SimTime pause{};
};
/// Held back and sent in one go with the next reply of that station.
struct MergedWithNext {};
struct Duplicated {
    SimTime pause{};  ///< between the two
};
/// Each bit of the reply wrong by this chance. Parity and stop bits are not looked at.
struct BitErrors {
    double rate{1e-4};
};
/// Bytes at random before the reply.
struct NoiseBytes {
    int count{3};
    SimTime pause{5'000'000};  ///< of silence behind them
};
/// Exception 06 in place of the reply.
struct Busy {};
/// The function of the request plus this, 1 to 127.
struct WrongFunction {
    int plus{1};
};
/// The reply before, to whatever was asked then.
struct StaleData {};
/// The two registers of each 32-bit value change places; reads of registers only.
struct WordSwap {};
/// Reads go on being answered as they were when the fault began.
struct FrozenValue {};
/// Away from `from` on for this long, and again after each `every`; zero: once.
struct Disconnect {
    SimTime away{}, every{};
};
/// The station is set to `sentBaud`, who asks to `heardBaud`.
struct WrongBaud {
    int sentBaud{9600}, heardBaud{19200};
    CharacterFormat format{};
};

}  // namespace line_fault

using LineFaultKind =
    std::variant<line_fault::NoReply, line_fault::LateReply, line_fault::WrongId,
                 line_fault::WrongCrc, line_fault::Truncated, line_fault::Split,
                 line_fault::MergedWithNext, line_fault::Duplicated, line_fault::BitErrors,
                 line_fault::NoiseBytes, line_fault::Busy, line_fault::WrongFunction,
                 line_fault::StaleData, line_fault::WordSwap, line_fault::FrozenValue,
                 line_fault::Disconnect, line_fault::WrongBaud>;

/// A fault, at which station, when and how often.
struct LineFault {
    LineFaultKind what;
    std::optional<int> station;  ///< none: all
    SimTime from{}, until{SimTime::max()};
    double share{1.0};  ///< of the replies in that time, by chance
};

/// What frames are wrapped in.
enum class LineWire { rtu, tcp };

/// "late_reply"
const char* name(const LineFaultKind& what);
/// Whether it can be done to Modbus TCP, which has no CRC and no baud rate, and whose transport
/// lets no wrong bit pass.
bool possibleOnTcp(const LineFaultKind& what);
/// Everything that is wrong with a description, one sentence each; empty when nothing is.
std::vector<std::string> problemsOf(const LineFault& fault, LineWire wire);

}  // namespace jh
