// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include "hil/procedure/load_plan.h"

#include "hil/procedure/record.h"
#include "hil/report/words.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// The whole result as a table for a terminal of 100 columns. Masses in kg.
std::string textTable(const Scenario& scenario, const VerificationResult& result,
                      Language language);

/// The loads of the weighing test before it begins, what each is made of, and which weights a
/// repeatability asks for.
std::string planText(const Scenario& scenario, const LoadPlan& plan, Language language);

/// JUnit XML: one suite for the scenario, one case per test, the findings as failure text.
std::string junitXml(const Scenario& scenario, const VerificationResult& result);

/// The findings of a test in one line each: what failed, by how much.
std::string findingText(const TestResult& test, Language language, MassUnit unit = MassUnit::kg);

}  // namespace jh
