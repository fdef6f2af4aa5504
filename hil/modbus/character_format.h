// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/sim_time.h"

namespace jh {

/// Data bits, parity and stop bits of one character. 8E1 is the default of Modbus RTU, 8N2 what it
/// wants without parity: 11 bits each (serial line guide 1.02, 2.5.1). Many devices send 8N1.
enum class CharacterFormat { e81, o81, n82, n81 };

/// "8E1", "8O1", "8N2", "8N1"
constexpr const char* word(CharacterFormat format) {
    constexpr const char* words[] = {"8E1", "8O1", "8N2", "8N1"};
    return words[static_cast<int>(format)];
}

/// Start bit, data, parity and stop bits.
constexpr int bitsOf(CharacterFormat format) {
    return format == CharacterFormat::n81 ? 10 : 11;
}

/// How long one character is on the line.
constexpr SimTime characterTime(int baud, CharacterFormat format) {
    return SimTime{bitsOf(format) * 1'000'000'000LL / baud};
}

/// The silence between frames of Modbus RTU: 3.5 characters, above 19200 baud 1.75 ms (serial line
/// guide 1.02, 2.5.1.1).
constexpr SimTime frameSilence(int baud, CharacterFormat format) {
    return baud > 19200 ? SimTime{1'750'000} : characterTime(baud, format) * 7 / 2;
}

}  // namespace jh
