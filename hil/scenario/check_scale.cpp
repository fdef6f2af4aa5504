// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

/// OIML R 76-1:2006, Tables 3 and 4: bounds of the number of intervals n, and the least
/// Max_i / e_(i+1) of a multi-interval instrument.
struct ClassLimits {
    const char* name;
    ExactMass leastE;
    std::int64_t leastN, mostN, leastSplit;
};

ClassLimits limitsOf(AccuracyClass accuracyClass, ExactMass e) {
    switch (accuracyClass) {
        case AccuracyClass::I:
            return {"I", ExactMass::mg(1), 50'000, 1'000'000'000, 50'000};
        case AccuracyClass::II:
            return {"II", ExactMass::mg(1), e >= ExactMass::mg(100) ? 5'000 : 100, 100'000, 5'000};
        case AccuracyClass::III:
            return {"III", ExactMass::mg(100), e >= ExactMass::g(5) ? 500 : 100, 10'000, 500};
        case AccuracyClass::IIIL:
            return {"III L", ExactMass::lb(5), 2'000, 10'000, 500};
        case AccuracyClass::IIII:
            break;
    }
    return {"IIII", ExactMass::g(5), 100, 1'000, 50};
}

bool isOneTwoFive(ExactMass e, MassUnit unit) {
    constexpr std::int64_t thousandths = 1000;
    const ExactMass one = ExactMass::one(unit);
    std::int64_t mantissa = e.times(thousandths, 1).wholeParts(one);
    if (mantissa * one != e.times(thousandths, 1)) return false;
    while (mantissa > 0 && mantissa % 10 == 0) mantissa /= 10;
    return mantissa == 1 || mantissa == 2 || mantissa == 5;
}

/// The class of load cell whose number of intervals reaches n.
std::string cellClassFor(std::int64_t n) {
    return fmt::format("C{}", (n + 999) / 1000);
}

void checkIntervals(const Fields& fields, const ScaleModel& scale, std::size_t i) {
    const auto [max, e] = scale.ranges[i];
    const std::string place = fmt::format("ranges[{}]", i);
    const ClassLimits limits = limitsOf(scale.accuracyClass, e);
    if (!isOneTwoFive(e, scale.unit)) {
        fields.problem(place + ".e", fmt::format("e = {} {} is not 1, 2 or 5 times a power of ten",
                                                 e.text(scale.unit), symbol(scale.unit)));
    }
    if (max.wholeParts(e) * e != max) {
        fields.problem(place + ".max", fmt::format("Max = {} kg is not a whole number of e = {} kg",
                                                   max.kgText(), e.kgText()));
        return;
    }
    const std::int64_t n = max.wholeParts(e);
    if (e < limits.leastE || n < limits.leastN || n > limits.mostN) {
        fields.problem(place, fmt::format("n = Max/e = {} is not allowed for class {}: {} to {} "
                                          "(R 76-1, Table 3)",
                                          n, limits.name, limits.leastN, limits.mostN));
    } else if (n > scale.cellType.maxIntervals && fields.sound({"cells.max_intervals"})) {
        fields.problem("cells.max_intervals",
                       fmt::format("cells with n_LC = {} do for n = Max/e = {} only up to that "
                                   "number (R 76-1, Annex F); cells of class {} would do",
                                   scale.cellType.maxIntervals, n, cellClassFor(n)));
    }
}

void checkRanges(const Fields& fields, const ScaleModel& scale) {
    if (!fields.sound({"ranges", "accuracy_class"})) return;
    constexpr std::size_t mostRanges = 2;
    if (scale.ranges.empty() || scale.ranges.size() > mostRanges) {
        return fields.problem("ranges", "expected one weighing range or two (multi-interval)");
    }
    if (scale.multipleRange && scale.ranges.size() < mostRanges) {
        fields.problem("multiple_range", "needs two ranges");
    }
    for (std::size_t i = 0; i < scale.ranges.size(); ++i) checkIntervals(fields, scale, i);
    for (std::size_t i = 1; i < scale.ranges.size(); ++i) {
        const WeighingRange& lower = scale.ranges[i - 1];
        const WeighingRange& upper = scale.ranges[i];
        const std::string place = fmt::format("ranges[{}]", i);
        if (upper.max <= lower.max || upper.e <= lower.e) {
            fields.problem(place, "Max and e of a range must be above those of the range before");
            continue;
        }
        // Table 4 is about partial ranges; ranges that are complete instruments need no such bound.
        if (scale.multipleRange) continue;
        const ClassLimits limits = limitsOf(scale.accuracyClass, upper.e);
        if (lower.max < limits.leastSplit * upper.e) {
            fields.problem(
                place + ".e",
                fmt::format("Max_1/e_2 = {} is below {} for class {} (R 76-1, Table 4)",
                            lower.max.wholeParts(upper.e), limits.leastSplit, limits.name));
        }
    }
}

constexpr double lineTolerance_m = 1e-3, lapReach_m = 0.5, endReach_m = 1.0;

bool lineWithin(const DeckModel& deck, double x_m, double reach_m) {
    return std::any_of(deck.supportLines.begin(), deck.supportLines.end(),
                       [&](Length line) { return std::abs(line.si() - x_m) <= reach_m; });
}

/// Ends of the modules: deck end, joints, deck end.
std::vector<double> moduleEnds_m(const DeckModel& deck) {
    std::vector<double> ends{0.0};
    for (const Length length : deck.moduleLengths) ends.push_back(ends.back() + length.si());
    return ends;
}

/// A chain of hinged modules stands when its ends and joints can each be given a line of their own
/// that reaches them (Schoenberg-Whitney). Returns the first one left over.
std::optional<double> unsupported_m(const DeckModel& deck) {
    constexpr double share = 0.05;  // of a module that a line must be away from its far end
    const std::vector<double> ends = moduleEnds_m(deck);
    std::size_t line = 0;
    for (std::size_t k = 0; k < ends.size(); ++k) {
        const double from = k == 0 ? -1.0 : ends[k - 1] + share * (ends[k] - ends[k - 1]);
        const double to =
            k + 1 == ends.size() ? ends[k] + 1.0 : ends[k + 1] - share * (ends[k + 1] - ends[k]);
        while (line < deck.supportLines.size() && deck.supportLines[line].si() < from) ++line;
        if (line == deck.supportLines.size() || deck.supportLines[line].si() > to) return ends[k];
        ++line;
    }
    return std::nullopt;
}

void checkSupports(const Fields& fields, const DeckModel& deck) {
    const std::vector<double> ends = moduleEnds_m(deck);
    const bool lapped = deck.joint == JointKind::lapped;
    const double reach = lapped ? lapReach_m : lineTolerance_m;
    bool complete = true;
    for (std::size_t k = 0; k < ends.size(); ++k) {
        const bool end = k == 0 || k + 1 == ends.size();
        if (lineWithin(deck, ends[k], end ? endReach_m : reach)) continue;
        complete = false;
        if (end) {
            fields.problem("deck.support_lines",
                           fmt::format("no support within {} m of the deck's end at {} m",
                                       endReach_m, ends[k]));
        } else {
            fields.problem("deck.support_lines",
                           fmt::format("no support under the joint at {} m; {}", ends[k],
                                       lapped ? "a lapped joint needs a line within 0.5 m"
                                              : "a hinged or bolted joint needs a line below it"));
        }
    }
    if (!complete || deck.joint == JointKind::bolted) return;
    if (const auto x = unsupported_m(deck)) {
        fields.problem("deck.support_lines",
                       fmt::format("too few supports: a module would fall at {} m", *x));
    }
}

void checkDeck(const Fields& fields, const DeckModel& deck) {
    constexpr std::size_t mostModules = 8, mostLines = 16;
    if (fields.sound({"deck.modules"}) &&
        (deck.moduleLengths.empty() || deck.moduleLengths.size() > mostModules)) {
        fields.problem("deck.modules", fmt::format("expected 1 to {} modules", mostModules));
    }
    if (fields.sound({"deck.support_lines"}) &&
        (deck.supportLines.size() < 2 || deck.supportLines.size() > mostLines)) {
        fields.problem("deck.support_lines", fmt::format("expected 2 to {} lines", mostLines));
    }
    if (fields.sound({"deck.width", "deck.cell_spacing"}) && deck.cellSpacing >= deck.width) {
        fields.problem("deck.cell_spacing", "must be less than the deck's width");
    }
    if (!fields.sound({"deck.modules", "deck.support_lines"})) return;
    const double length_m = deck.length().si();
    for (std::size_t i = 0; i < deck.supportLines.size(); ++i) {
        const std::string place = fmt::format("deck.support_lines[{}]", i);
        const double x_m = deck.supportLines[i].si();
        if (x_m > length_m + lineTolerance_m) {
            fields.problem(place, fmt::format("lies beyond the deck's end at {} m", length_m));
        }
        if (i > 0 && x_m < deck.supportLines[i - 1].si() + lineTolerance_m) {
            fields.problem(place, "must lie further along the deck than the line before");
        }
    }
    if (fields.sound({"deck.support_lines", "deck.joint"})) checkSupports(fields, deck);
}

void checkCells(const Fields& fields, const ScaleModel& scale) {
    if (!fields.sound({"ranges", "deck", "cells.capacity"}) || scale.ranges.empty()) return;
    const auto count = static_cast<double>(scale.cells.size());
    const double capacity_kg = scale.cellType.capacity.si();
    // R 76-1 Annex F: the cells carry Max, the deck and the initial zero-setting range (20 % Max).
    constexpr double zeroRange = 0.2;
    const double needed_kg = (1.0 + zeroRange) * scale.max().mass().si() + scale.deck.mass().si();
    if (count * capacity_kg < needed_kg) {
        fields.problem("cells.capacity",
                       fmt::format("{} cells carry {:.0f} kg, less than the {:.0f} kg of Max, "
                                   "initial zero range and deck",
                                   scale.cells.size(), count * capacity_kg, needed_kg));
    }
    if (!fields.sound({"cells.min_dead_load_output_y"})) return;
    const double vMin_kg = capacity_kg / scale.cellType.minDeadLoadOutput_Y;
    const double most_kg = scale.firstInterval().mass().si() / std::sqrt(count);
    if (vMin_kg > most_kg) {
        fields.problem("cells.min_dead_load_output_y",
                       fmt::format("v_min = capacity/Y = {:.3g} kg is above e/sqrt(N) = {:.3g} kg "
                                   "(R 76-1, Annex F); Y of {:.0f} would do",
                                   vMin_kg, most_kg, std::ceil(capacity_kg / most_kg)));
    }
}

void checkMount(const Fields& fields, const CellMount& mount) {
    if (!fields.sound({"cells.mount"}) || mount.ballRadius > mount.height / 2.0) return;
    fields.problem("cells.mount.ball_radius",
                   "must be more than half the height, or the cells fall over");
}

void checkWiring(const Fields& fields, const ScaleModel& scale) {
    if (!fields.sound({"wiring.box"}) || scale.wiring.box == BoxKind::analog) return;
    for (const CellPlace& place : scale.cells) {
        if (place.trim == Resistance{}) continue;
        fields.problem("cells.each." + place.id + ".trim",
                       "a digital box has no trim resistors; it multiplies each cell's counts");
    }
}

}  // namespace

void checkScale(const Fields& fields, const ScaleModel& scale) {
    checkMount(fields, scale.cellType.mount);
    checkWiring(fields, scale);
    checkRanges(fields, scale);
    checkDeck(fields, scale.deck);
    checkCells(fields, scale);
}

}  // namespace jh
