// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <ostream>
#include <string>
#include <vector>

#include "sim/cell/load_cell.h"

namespace jh::test {

/// p_LC = 0.7, E_max = 30 t. Envelope, creep in 30 min and from 20 to 30 min, return of zero (0.5
/// v).
struct R60Class {
    const char* name;
    int intervals;
    double half_kg, full_kg, more_kg;  ///< up to 500 v, 2000 v, E_max
    double creep_kg, lastCreep_kg, zeroReturn_kg;
    friend std::ostream& operator<<(std::ostream& os, const R60Class& c) { return os << c.name; }
};
inline constexpr R60Class classes[]{{"C3", 3000, 3.5, 7.0, 10.5, 7.35, 1.575, 5.0},
                                    {"C5", 5000, 2.1, 4.2, 6.3, 4.41, 0.945, 3.0}};

inline Force loadOf(const LoadCellModel& m, double fraction) {
    return weightOf(m.capacity * fraction, m.gravityAtCalibration);
}

inline double read_kg(const LoadCellModel& m, const LoadCellState& s, double q) {
    return output(m, s, loadOf(m, q), {}) / m.sensitivity * m.capacity.si();
}

inline CellType typeOf(const R60Class& c) {
    CellType type;
    type.maxIntervals = c.intervals;
    return type;
}

/// The cell of the data sheet with its bow either way, then drawn ones.
inline LoadCellModel r60Cell(const R60Class& c, int number) {
    if (number < 2) {
        LoadCellModel m = typicalLoadCell(typeOf(c));
        if (number == 1) m.bow = -m.bow;
        return m;
    }
    NoiseStream luck{60, "cell " + std::to_string(number)};
    return drawLoadCell(typeOf(c), luck);
}

inline double limit_kg(const R60Class& c, double load_kg) {
    const double v_kg = 30000.0 / c.intervals;
    return load_kg <= 500 * v_kg ? c.half_kg : load_kg <= 2000 * v_kg ? c.full_kg : c.more_kg;
}

/// Where a cell reads on the way from zero to its maximum and back in steps of 1 %, against the
/// line from zero through 75 % of the way up at 20 degC. Zero is taken anew at `at`.
struct CellError {
    double load_kg{}, error_kg{};
};
inline std::vector<CellError> errorsUpAndDown(const LoadCellModel& m,
                                              Temperature at = Temperature{20.0}) {
    LoadCellState up;
    followForce(m, up, loadOf(m, 0.75));
    const double span_kg = read_kg(m, up, 0.75) - read_kg(m, {}, 0.0);
    const double scale = 0.75 * 30000.0 / span_kg;
    LoadCellState s;
    s.temperature = at;
    const double zero_kg = read_kg(m, s, 0.0);
    std::vector<CellError> errors;
    for (int step = -100; step <= 100; ++step) {
        const double q = 1.0 - std::abs(step) / 100.0, load_kg = q * 30000.0;
        followForce(m, s, loadOf(m, q));
        errors.push_back({load_kg, (read_kg(m, s, q) - zero_kg) * scale - load_kg});
    }
    return errors;
}

}  // namespace jh::test
