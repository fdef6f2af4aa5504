// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/port/indicator.h"
#include "sim/base/exact_mass.h"

namespace jh {

/// One attempt to read an indicator, for `jianheng read`.
struct ReadAttempt {
    Expected<Reading, IoError> reading;
    std::string time;  ///< UTC, "2026-03-10T08:15:00.250Z"
    SimTime age{};     ///< of the values; after an error: of the last that came
    bool everRead{};   ///< else `age` counts from the start
    bool intervalTold{true};
    std::uint64_t missed{};  ///< attempts without a reading so far
};

/// Names of the columns of readingCsv(); masses in kg, or in lb where the indicator shows pounds.
std::string readingCsvHead(MassUnit unit);
std::string readingCsv(const ReadAttempt& attempt, MassUnit unit);
/// One object on one line, same names as the columns.
std::string readingJson(const ReadAttempt& attempt, MassUnit unit);
/// For people, without an end of line.
std::string readingLine(const ReadAttempt& attempt, MassUnit unit);

/// Now, as ReadAttempt::time has it.
std::string utcNow();

}  // namespace jh
