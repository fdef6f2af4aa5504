// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hil/conform/conform.h"
#include "hil/scenario/scenario.h"

namespace jh {

struct ExamineOptions {
    int powerFails{20};  ///< moments within the saving of an adjustment
    std::uint64_t seed{1};
    std::function<void(const std::string&)> onProgress;  ///< what is being done
};

/// A scenario's firmware at a signal source in virtual time: everything that `conform` tries, and
/// what only a bench can do to it: adjusting it, taking its supply and its converter away, loads
/// that creep. The procedures examine what it weighs; this is about the rest (WELMEC 7.2, OIML
/// R 76-1 4.1.2.4, 4.4, 4.5, 5.2, 5.3).
ConformReport examineFirmware(const Scenario& scenario, const ExamineOptions& options);

}  // namespace jh
