// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// A chip on a board: time goes on, conversions come at the bench's rate, pins have their names.
/// Masters that speak to it are in the tests of the chips.
struct ChipBench {
    explicit ChipBench(std::unique_ptr<AdcChip> c, int rate_Hz)
        : chip{std::move(c)}, period{SimTime{1s} / rate_Hz}, nextConversion{period} {}

    std::unique_ptr<AdcChip> chip;
    SimTime now{};
    SimTime period;
    SimTime nextConversion;
    std::int64_t code{};              ///< what the next conversion gives
    std::int64_t step{};              ///< added to it after each conversion
    std::vector<std::int64_t> codes;  ///< of all conversions so far

    std::size_t pin(std::string_view name) const {
        for (std::size_t i = 0; i < chip->pins().size(); ++i) {
            if (chip->pins()[i].name == name) return i;
        }
        BOOST_FAIL("no pin " << name);
        return 0;
    }
    void set(std::string_view name, bool level) { chip->drive(pin(name), level, now); }
    bool get(std::string_view name) const { return chip->level(pin(name)); }

    /// Only what wake() asks for is called, so that a timer that is not announced is found.
    void wait(SimTime time) {
        const SimTime end = now + time;
        while (true) {
            const auto wake = chip->wake();
            if (wake && *wake <= end && *wake < nextConversion) {
                BOOST_REQUIRE((*wake >= now));
                now = *wake;
                chip->advanceTo(now);
                BOOST_REQUIRE((!chip->wake() || *chip->wake() > now));
            } else if (nextConversion <= end) {
                now = nextConversion;
                chip->conversion(now, code);
                codes.push_back(code);
                code += step;
                nextConversion += period;
            } else {
                break;
            }
        }
        now = end;
    }
    void waitUntil(SimTime time) { wait(time - now); }
    /// A little after the next conversion.
    void waitConversion() { waitUntil(nextConversion + 100us); }

    /// Texts of the notices since the last call.
    std::vector<std::string> notices() {
        std::vector<std::string> texts;
        for (const auto& notice : chip->takeNotices()) texts.push_back(notice.what);
        return texts;
    }
    bool said(std::string_view part) {
        const auto texts = notices();
        return texts.size() == 1 && texts[0].find(part) != std::string::npos;
    }
    std::uint64_t hash() const {
        Hash h;
        chip->hashInto(h);
        return h.value();
    }
};

/// Codes over the whole range of 24 bits, its ends, and beyond them; `limited` is what must come.
struct CodeCase {
    std::int64_t code, limited;
};
inline std::vector<CodeCase> codeCases() {
    std::vector<CodeCase> cases{{0, 0},
                                {1, 1},
                                {-1, -1},
                                {0x7FFFFE, 0x7FFFFE},
                                {0x7FFFFF, 0x7FFFFF},
                                {0x800000, 0x7FFFFF},
                                {5'000'000'000'000, 0x7FFFFF},
                                {-0x7FFFFF, -0x7FFFFF},
                                {-0x800000, -0x800000},
                                {-0x800001, -0x800000},
                                {-5'000'000'000'000, -0x800000},
                                {0x555555, 0x555555},
                                {-0x555556, -0x555556}};
    for (std::int64_t c = -0x7F0000; c < 0x7F0000; c += 0x10301) cases.push_back({c, c});
    return cases;
}

/// A word of 24 bits in two's complement.
inline std::int64_t signed24(std::uint32_t word) {
    return static_cast<std::int64_t>(word) - ((word & 0x800000U) != 0 ? 0x1000000 : 0);
}

/// rapidcheck seeds itself from the clock unless told otherwise; a caller may say more.
inline bool holds(const char* law, auto property) {
    setenv("RC_PARAMS", "seed=20240229", 0);
    return rc::check(law, property);
}

}  // namespace jh
