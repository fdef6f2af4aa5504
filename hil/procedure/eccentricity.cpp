// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/procedure/tests.h"

namespace jh {

/// Max/(N-1) over each of N > 4 supports, Max/3 for four, rounded down to whole weights.
int blocksPerSupport(const Bench& bench) {
    const auto supports = static_cast<std::int64_t>(bench.scale().cells.size());
    const std::int64_t parts = supports > 4 ? supports - 1 : 3;
    return static_cast<int>(bench.scale().max().dividedBy(parts).wholeParts(bench.weights().block));
}

/// Every support in turn; zero is found again before each position.
void testEccentricity(Bench& bench, Results& results, Carry&) {
    const int blocks = blocksPerSupport(bench);
    if (blocks > bench.weights().blocks) {
        throw TestNotPossible{"not enough weights: " + std::to_string(blocks) + " pieces of " +
                              bench.text(bench.weights().block) + " are needed at one support"};
    }
    bench.bring({});
    bench.zero();
    for (std::size_t support = 0; support < bench.scale().cells.size(); ++support) {
        const std::string& id = bench.scale().cells[support].id;
        const Measurement zero = bench.zeroError(id);
        results.record(zero, std::nullopt);

        Pieces pieces = bench.zeroLoadPieces();
        pieces.blocks = blocks;
        pieces.support = support;
        bench.bring(pieces);
        const Measurement m = bench.measure(MeasurementKind::support, id, zero);
        results.record(m, bench.mpe(*m.load));
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring({});
}

/// The rolling load at the beginning, over the middle of each module and at the end, then the other
/// way. Zero is found again before the direction changes (R 76-1 A.4.7.4).
void testRolling(Bench& bench, Results& results, Carry&) {
    const DeckModel& deck = bench.scale().deck;
    std::vector<double> shares{0.0};
    Length begin;
    for (const Length module : deck.moduleLengths) {
        shares.push_back((begin + module / 2.0) / deck.length());
        begin = begin + module;
    }
    shares.push_back(1.0);
    const ExactMass most = bench.regulation().rollingMost * bench.scale().max();
    for (const bool reverse : {false, true}) {
        bench.bring({});
        bench.zero();
        const Measurement zero = bench.zeroError(reverse ? "reverse" : "forward");
        results.record(zero, std::nullopt);
        bench.bring({});
        for (const double share : shares) {
            bench.roll({reverse ? 1.0 - share : share, reverse});
            if (bench.nominalLoad() > most) {
                throw TestNotPossible{"a rolling load of " + bench.text(bench.nominalLoad()) +
                                      " is more than " + bench.text(most)};
            }
            const long percent = std::lround(100.0 * share);
            const Measurement m = bench.measure(
                MeasurementKind::rolling,
                fmt::format("{} %, {}", percent, reverse ? "reverse" : "forward"), zero);
            results.record(m, bench.mpe(*m.load));
        }
        bench.rollOff();
    }
}

/// Every pair of supports in turn with the same load: each within the mpe, and all of them close
/// together (HB 44 T.N.4.4).
void testSection(Bench& bench, Results& results, Carry&) {
    const Regulation& regulation = bench.regulation();
    constexpr int sides = 2;
    const auto wanted = bench.nominal(regulation.section.load).wholeParts(bench.weights().block);
    const int blocks = static_cast<int>(wanted) / sides * sides;
    if (blocks > bench.weights().blocks || blocks == 0) {
        throw TestNotPossible{fmt::format(
            "not enough weights: {} pieces of {} are needed at one "
            "section, at hand are {}",
            std::max(blocks, sides), bench.text(bench.weights().block), bench.weights().blocks)};
    }
    bench.bring({});
    bench.zero();
    const std::vector<CellPlace>& cells = bench.scale().cells;
    ExactMass smallest, largest;
    for (std::size_t section = 0; section < cells.size() / sides; ++section) {
        const std::string lines = cells[sides * section].id + " " + cells[sides * section + 1].id;
        const Measurement zero = bench.zeroError(lines);
        results.record(zero, std::nullopt);
        bench.bringToSection(section, blocks);
        const Measurement m = bench.measure(MeasurementKind::section, lines, zero);
        results.record(m, bench.mpe(*m.load));
        smallest = section == 0 ? *m.correctedError : std::min(smallest, *m.correctedError);
        largest = section == 0 ? *m.correctedError : std::max(largest, *m.correctedError);
        bench.bring(bench.zeroLoadPieces());
    }
    bench.bring({});

    const ExactMass load = blocks * bench.weights().block;
    Measurement range;
    range.kind = MeasurementKind::range;
    range.load = load;
    range.error = largest - smallest;
    range.at = bench.now();
    results.record(range,
                   regulation.section.range * mpeOfTable(regulation, load, bench.intervalAt(load)));
}

}  // namespace jh
