// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/load.h: shipped scenarios with random damage, always the same
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "sim/base/noise.h"
#include "tests/hil/scenario/folder.h"
#include "tests/hil/scenario/invariants.h"

using namespace jh;

namespace {

std::size_t below(NoiseStream& luck, std::size_t count) {
    return static_cast<std::size_t>(luck.bits() % std::max<std::size_t>(count, 1));
}

void damageBytes(std::string& text, NoiseStream& luck) {
    const std::string signs = "[]{}:-,&*!|>'\"%@#?\n \t0159.eE~\\";
    const std::size_t at = below(luck, text.size());
    switch (below(luck, 4)) {
        case 0:
            text[at] = signs[below(luck, signs.size())];
            break;
        case 1:
            text[at] = static_cast<char>(luck.bits());
            break;
        case 2:
            text.erase(at, 1 + below(luck, 8));
            break;
        default:
            text.insert(at, 1, signs[below(luck, signs.size())]);
            break;
    }
}

void damageLines(std::string& text, NoiseStream& luck) {
    std::vector<std::string> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    const std::size_t from = below(luck, lines.size()), to = below(luck, lines.size());
    switch (below(luck, 3)) {
        case 0:
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from));
            break;
        case 1:
            std::swap(lines[from], lines[to]);
            break;
        default:
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(to), lines[from]);
            break;
    }
    text.clear();
    for (const std::string& line : lines) text += line + '\n';
}

void damageNumber(std::string& text, NoiseStream& luck) {
    const std::vector<std::string> numbers{"0",   "-1", "1e300", "1e-300", "99999999999999999999",
                                           "0.5", "7",  "1000"};
    const std::size_t from = text.find_first_of("0123456789", below(luck, text.size()));
    if (from == text.npos) return;
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", from), text.size());
    text.replace(from, end - from, numbers[below(luck, numbers.size())]);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mutation)

BOOST_AUTO_TEST_CASE(damaged_scenarios_are_refused_or_right) {
    const std::filesystem::path shipped{JH_SHIPPED};
    const auto whole = loadScenario(shipped / "verifications/150t-60t-multi-jjg539-initial.yaml");
    BOOST_REQUIRE(whole.has_value());
    const std::string texts[]{whole->resolvedYaml,
                              test::readAll(shipped / "verifications/100t-sick-1-cell-2l.yaml"),
                              test::readAll(shipped / "verifications/100t-jjg539-initial.yaml"),
                              "jianheng: scenario\nextends: 100t-jjg539-initial.yaml\nfaults:\n"
                              "  - {kind: edge_force, x: 3 m, y: 1.5 m, force: 10 kN, after: 9 s}\n"
                              "  - {kind: support_lost, cell: 4L, drop: 30 mm, lasting: 1 h}\n"
                              "  - {kind: joint_seized, joint: 2}\n"
                              "  - {kind: girder_crack, module: 3, loss: 30 %, growing: 5 min}\n"
                              "  - {kind: weights_wrong, missing: 20, each: -2 kg}\n"};
    constexpr int rounds = 800;  // a few seconds in a debug build
    NoiseStream luck{20260101, "mutation"};
    int accepted = 0;
    for (int i = 0; i < rounds; ++i) {
        std::string text = texts[below(luck, std::size(texts))];
        const std::size_t times = 1 + below(luck, 3);
        for (std::size_t k = 0; k < times && !text.empty(); ++k) {
            const std::size_t way = below(luck, 3);
            way == 0   ? damageBytes(text, luck)
            : way == 1 ? damageLines(text, luck)
                       : damageNumber(text, luck);
        }
        const auto read = parseScenario(text, "mutant.yaml", shipped / "verifications");
        if (!read) {
            BOOST_REQUIRE(!read.error().empty());
            continue;
        }
        ++accepted;
        const char* broken = test::brokenPromise(*read);
        BOOST_REQUIRE_MESSAGE(broken == nullptr, "broken: " << broken << "\n" << text);
    }
    // Otherwise the test would look at nothing but refusals.
    BOOST_TEST(accepted > rounds / 20);
}

BOOST_AUTO_TEST_SUITE_END()
