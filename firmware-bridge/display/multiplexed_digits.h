// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "firmware-bridge/display/shown_text.h"

namespace jh {

/// Digits of seven segments and a point that share their segment lines, as an eye sees them: over
/// 25 ms each segment is as bright as the time it was lit, and a text is read that stays so for
/// two such times. Whoever multiplexes slower than 40 Hz flickers here too.
class MultiplexedDigits {
public:
    /// `table`: lit segments ("abc") to a character, beyond 0 to 9, A b C d E F, minus and blank.
    MultiplexedDigits(std::size_t digits, const std::map<std::string, std::string>& table,
                      SimTime at);

    /// Segment a to g, then the point; lit where the digit is on as well.
    void segment(std::size_t index, bool lit, SimTime at);
    void digit(std::size_t index, bool on, SimTime at);

    /// Left to right, a point behind its digit; a pattern that is no character is a question mark.
    const std::string& text() const { return text_; }
    /// Texts that came and stayed until now, each once.
    std::vector<ShownText> takeShown(SimTime now);

private:
    static constexpr std::size_t segments = 8;  ///< the last one is the point
    void passTo(SimTime at);
    std::string read() const;

    std::vector<bool> on_;
    std::array<bool, segments> lit_{};
    std::map<std::uint8_t, std::string> characters_;     ///< by lit segments, a in bit 0
    std::vector<std::array<SimTime, segments>> bright_;  ///< time lit since begin_
    SimTime begin_, now_;
    std::string last_, text_;  ///< read at the end of the last 25 ms; steady
    std::vector<ShownText> shown_;
};

/// Segments a to g as bits; nothing stands for a letter that is none.
std::uint8_t segmentBits(const std::string& letters);

}  // namespace jh
