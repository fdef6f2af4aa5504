// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/serial/sma_answer.h"
#include "hil/serial/sma_command.h"

namespace jh {

/// What a simulated scale shows at the instant of an answer, after the command has been tried.
struct SmaDisplay {
    SerialWeight weight;
    std::optional<SerialWeight> highResolution;  ///< none: H is an unknown command
    std::optional<ExactMass> tare;               ///< in force; none: zero
    SmaDiagnostics diagnostics;
};

/// What it says about itself, level 2 of the standard's first revision.
struct SmaIdentity {
    std::string maker{"Jianheng"}, model, revision;
    std::string serial;  ///< may be empty
};

/// The scale's side of SMA SCP-0499: which bytes answer which command. Whoever owns the scale reads
/// the commands (`SmaCommandReader`), carries out zero and tare, and asks here for the answer.
class SmaScale {
public:
    explicit SmaScale(SmaIdentity identity) : identity_{std::move(identity)} {}
    /// Empty after an abort, and when a weight does not fit the ten characters.
    std::vector<std::uint8_t> answer(const SmaCommand& command, const SmaDisplay& display);
    /// Since an R: `repeated` is to be sent again and again, until the next command.
    bool repeating() const { return repeating_; }
    /// One more of the repeated frames; empty when none is due.
    std::vector<std::uint8_t> repeated(const SmaDisplay& display) const;

private:
    std::vector<std::uint8_t> nextAbout();
    SmaIdentity identity_;
    std::size_t aboutLine_{};
    bool repeating_{};
};

}  // namespace jh
