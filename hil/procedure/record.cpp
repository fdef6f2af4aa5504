// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/record.h"

#include <array>
#include <cmath>

namespace jh {

std::span<const UncertaintyBudget::Part> UncertaintyBudget::parts() const {
    using U = UncertaintyBudget;
    constexpr std::size_t ofEvery = 8;
    static constexpr std::array<Part, 12> all{{{"zero", &U::zero},
                                               {"indication", &U::indication},
                                               {"repeatability", &U::repeatability},
                                               {"eccentricity", &U::eccentricity},
                                               {"weights", &U::weights},
                                               {"buoyancy", &U::buoyancy},
                                               {"drift", &U::drift},
                                               {"substitution", &U::substitution},
                                               {"source_resolution", &U::sourceResolution},
                                               {"source_gain", &U::sourceGain},
                                               {"source_drift", &U::sourceDrift},
                                               {"source_excitation", &U::sourceExcitation}}};
    return std::span{all}.first(fromSource ? all.size() : ofEvery);
}

Mass UncertaintyBudget::combined() const {
    double squares = 0.0;
    for (const Part& part : parts()) squares += (this->*part.size).si() * (this->*part.size).si();
    return Mass{std::sqrt(squares)};
}

const char* word(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "pass";
        case Verdict::fail:
            return "fail";
        case Verdict::error:
            return "error";
        case Verdict::invalid:
            return "invalid";
        case Verdict::interrupted:
            return "interrupted";
        case Verdict::not_run:
            break;
    }
    return "not_run";
}

std::vector<std::string> VerificationResult::failingTests() const {
    std::vector<std::string> ids;
    for (const TestResult& test : tests) {
        if (test.verdict == Verdict::fail) ids.push_back(test.rule.id);
    }
    return ids;
}

}  // namespace jh
