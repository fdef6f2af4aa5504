// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hil/paper/masses.h"
#include "hil/paper/say.h"
#include "hil/procedure/record.h"

namespace jh {

/// A column of a table of measurements.
struct Column {
    std::string heading, about;  ///< "ΔL"; "small weights up to the change-over"
    enum class Holds { mass, words, truth } holds{Holds::mass};  ///< truth: a simulator's only
    std::function<std::string(const Measurement&)> text;
};

/// HB 44 has other papers than R 76, and other words on them.
bool isHandbook44(const Regulation& regulation);
/// What a regulation calls the limit of an error: "mpe", in HB 44 "tolerance".
std::string limitName(const Regulation& regulation, const Say& say);

/// All columns that a measurement can fill, in the order of a sheet: a new member of Measurement is
/// one more line here. `limit` heads the limits: limitName().
std::vector<Column> allColumns(const Masses& masses, const std::string& limit, const Say& say);

/// Those that have something to show in this test.
std::vector<Column> columnsOf(const TestResult& test, const Masses& masses,
                              const std::string& limit, const Say& say);

/// A limit of either sign: "±20"; "0" where nothing is allowed.
std::string limitText(ExactMass limit, const Masses& masses);

/// A clause in a table of all tests; ⚠ where the table has a mark of certainty below it.
std::string markedClause(const TestRule& rule, const Say& say);

/// Only what lies under a limit passes or fails; the rest is for the record.
bool isJudged(const Measurement& m);

/// "pass" and "fail" with a sign that needs no colour: "✓ pass".
std::string verdictText(Verdict verdict, const Say& say);

}  // namespace jh
