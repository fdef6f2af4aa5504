// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/crc_residual.h
#include "hil/modbus/crc_residual.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstring>

#include "hil/modbus/checksum.h"
#include "sim/base/noise.h"

using namespace jh;

BOOST_AUTO_TEST_SUITE(crc_residual)

BOOST_AUTO_TEST_CASE(no_damage_no_residual_and_all_damage_a_65536th) {
    BOOST_TEST(undetectedDamage(8, 0.0) == 0.0);
    BOOST_TEST(undetectedDamage(256, 1.0) == 0x1p-16);
    // A small rate: bits times rate frames are damaged.
    constexpr double relative = 1e-5;
    BOOST_TEST(undetectedDamage(25, 1e-9) == 200e-9 * 0x1p-16,
               boost::test_tools::tolerance(relative));
}

BOOST_AUTO_TEST_CASE(so_many_wholly_wrong_frames_pass) {
    // Every bit wrong or right like a coin: one draw is a damaged frame of 8 bytes.
    constexpr int frames = 2'000'000;
    NoiseStream noise{20260801, "residual"};
    int passed = 0;
    for (int i = 0; i < frames; ++i) {
        const std::uint64_t bits = noise.bits();
        std::array<std::uint8_t, 8> frame{};
        std::memcpy(frame.data(), &bits, frame.size());
        if (crc16(frame) == 0) ++passed;
    }
    const double expected = undetectedDamage(8, 0.5) * frames;
    // Five standard deviations of a Poisson count; with this seed always the same.
    BOOST_TEST(std::abs(passed - expected) < 5.0 * std::sqrt(expected));
}

BOOST_AUTO_TEST_SUITE_END()
