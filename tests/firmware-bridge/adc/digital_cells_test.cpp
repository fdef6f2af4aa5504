// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/digital_cells.h
#include "firmware-bridge/adc/digital_cells.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <utility>

#include "sim/base/noise.h"

using namespace jh;

namespace {

/// Eight cells of 30 t, 2 mV/V; with 500 000 counts at E_max a kilogram is 16.67 counts.
struct Bus {
    DigitalCellsModel model;
    DigitalCellsState state;
    std::array<double, 8> quiet{};

    Bus() {
        model.coefficients.assign(8, 1.0);
        state = startedCells(model);
    }
    double read_kg(const std::array<double, 8>& loads_kg) {
        std::array<BridgeRatio, 8> means;
        for (std::size_t i = 0; i < 8; ++i) means[i] = BridgeRatio{loads_kg[i] * 2e-3 / 30000};
        return convert(model, state, means, quiet) * 30000.0 / model.countsAtFullScale;
    }
};

std::array<double, 8> only(std::size_t cell, double load_kg) {
    std::array<double, 8> loads_kg{};
    loads_kg[cell] = load_kg;
    return loads_kg;
}

constexpr std::array<double, 8> even_kg{6250, 6250, 6250, 6250, 6250, 6250, 6250, 6250};
constexpr double count_kg = 0.06;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(digital_cells, Bus)

BOOST_AUTO_TEST_CASE(the_box_adds_the_cells_up) {
    BOOST_TEST(std::fabs(read_kg(only(3, 10000)) - 10000) < count_kg);
    BOOST_TEST(std::fabs(read_kg(even_kg) - 50000) < 8 * count_kg);
    // As fine as the analog chain: some 17 counts to the kilogram.
    const std::array<BridgeRatio, 8> one{BridgeRatio{20 * 2e-3 / 30000}};
    BOOST_TEST(convert(model, state, one, quiet) == 333);
}

BOOST_AUTO_TEST_CASE(a_coefficient_trims_its_corner_and_no_other) {
    model.coefficients[2] = 0.995;
    BOOST_TEST(std::fabs(read_kg(only(2, 10000)) - 9950) < count_kg);
    BOOST_TEST(std::fabs(read_kg(only(5, 10000)) - 10000) < count_kg);
}

BOOST_AUTO_TEST_CASE(swapped_addresses_trim_the_wrong_corner) {
    // Cell 2 gives 0.5 % too much and is trimmed for it; then its wires are swapped with cell 5's.
    model.coefficients[2] = 1.0 / 1.005;
    BOOST_TEST(std::fabs(read_kg(only(2, 10050)) - 10000) < count_kg);
    std::swap(state.address[2], state.address[5]);
    BOOST_TEST(std::fabs(read_kg(only(2, 10050)) - 10050) < count_kg);
    BOOST_TEST(std::fabs(read_kg(only(5, 10000)) - 9950.2) < 0.1);
    // An even load tells nothing but the mean.
    std::array<double, 8> even = even_kg;
    even[2] *= 1.005;
    BOOST_TEST(std::fabs(read_kg(even) - 50000) < 1.0);
}

BOOST_AUTO_TEST_CASE(a_silent_cell_leaves_its_last_value_or_nothing) {
    read_kg(even_kg);
    state.silent[4] = true;
    BOOST_TEST(std::fabs(read_kg({}) - 6250) < count_kg);
    model.dropOut = DropOut::zero;
    BOOST_TEST(std::fabs(read_kg(even_kg) - 43750) < 8 * count_kg);
    state.silent[4] = false;
    BOOST_TEST(std::fabs(read_kg(even_kg) - 50000) < 8 * count_kg);
}

BOOST_AUTO_TEST_CASE(every_cell_has_its_own_noise) {
    model.noise_counts = 1.5;
    NoiseStream luck{4, "cells"};
    constexpr int conversions = 20'000;
    double sum = 0.0, squares = 0.0;
    std::array<double, 8> gaussians{};
    const std::array<BridgeRatio, 8> none{};
    for (int i = 0; i < conversions; ++i) {
        for (double& g : gaussians) g = luck.gaussian();
        const double counts = convert(model, state, none, gaussians);
        sum += counts;
        squares += counts * counts;
    }
    BOOST_TEST(std::fabs(sum / conversions) < 0.15);
    // Eight times the variance of one, each with its rounding of 1/12.
    const double expected = 8.0 * (1.5 * 1.5 + 1.0 / 12.0);
    BOOST_TEST(std::fabs(squares / conversions / expected - 1.0) < 0.05);
}

BOOST_AUTO_TEST_CASE(the_sum_saturates_like_a_converter) {
    model.coefficients.assign(8, 3.0);
    std::array<double, 8> full_kg{};
    full_kg.fill(30000);
    read_kg(full_kg);
    std::array<BridgeRatio, 8> means;
    means.fill(BridgeRatio{2e-3});
    BOOST_TEST(convert(model, state, means, quiet) == 0x7FFFFF);
    means.fill(BridgeRatio{-2e-3});
    BOOST_TEST(convert(model, state, means, quiet) == -0x800000);
}

BOOST_AUTO_TEST_CASE(the_state_has_a_hash) {
    Hash before, after;
    state.hashInto(before);
    read_kg(even_kg);
    state.hashInto(after);
    BOOST_TEST(before.value() != after.value());
    BOOST_TEST((model.period() == 20ms));
}

BOOST_AUTO_TEST_SUITE_END()
