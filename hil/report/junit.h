// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hil/procedure/record.h"

namespace jh {

/// One case of a JUnit file.
struct JunitCase {
    std::string name;
    SimTime took{};
    Verdict verdict{Verdict::pass};  ///< pass, fail, not_run (skipped); the rest is an error
    std::string text;                ///< why it is no pass; its first line is the message
    std::string output;              ///< what is worth telling all the same
};

/// One suite of a JUnit file; `properties` are names and values.
std::string junitSuite(const std::string& name, const std::vector<JunitCase>& cases,
                       const std::vector<std::pair<std::string, std::string>>& properties = {});

/// A whole file of such suites.
std::string junitDocument(const std::string& suites);

}  // namespace jh
