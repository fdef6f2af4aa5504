// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/cli/served_cell.h and hil/cli/cell_registers.h: digital cells against the plant
#include "hil/cli/served_cell.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "firmware-bridge/reference/indicator_core.h"
#include "hil/cli/served_indicator.h"
#include "hil/indicator/register_map.h"
#include "hil/scenario/load.h"

using namespace jh;

namespace {

/// Each code is rounded to a whole one, each conversion and their sum as well.
constexpr double roundings(std::size_t cells) {
    return 0.5 * static_cast<double>(cells) + 1.0;
}
/// By which the cells leave the works unmatched (hil/loop/virtual_bench.cpp).
constexpr double rawGainSpread = 2.5e-3;
/// Bow, zero, side force and temperature of a C3 cell of 30 t, which a probe leaves out.
constexpr double classErrors_kg = 6.0;

IndicatorProfile profileOf(const std::string& name) {
    return loadIndicator(dataFolder() / "indicators" / (name + ".yaml")).value();
}

ServedScale digitalScale(bool eachCell) {
    ServedScale on;
    on.scale = loadScale(dataFolder() / "scales" / "100t-18x3-8c-digital.yaml").value();
    on.eachCell = eachCell;
    return on;
}

struct Served {
    explicit Served(const std::string& name, ServedScale scale)
        : profile{profileOf(name)}, on{std::move(scale)} {}
    void pass(SimTime time) {
        since += time;
        indicator.catchUp();
    }
    void put(std::vector<PointMass> loads) {
        indicator.put({std::move(loads), {}, {}});
        pass(5s);
    }
    std::int64_t value(Station& station, const std::string& field) const {
        const RegisterField& f = profile.fields.at(field);
        std::vector<std::uint16_t> words(static_cast<std::size_t>(f.words()));
        BOOST_TEST((station.read(f.table, f.address, words) == ModbusException::none));
        RegisterImage image{profile};
        image.add({f.table, f.address, words});
        return image.raw(field, 0).value();
    }
    jh_core_values sum() {
        jh_core_values v{};
        VirtualBench& bench = indicator.bench();
        jh_core_read(bench.nativeFirmware().state(), static_cast<std::uint64_t>(bench.now() / 1us),
                     &v);
        return v;
    }
    double summedCodes() {
        double sum = 0.0;
        for (std::size_t i = 0; i < indicator.cells().size(); ++i) {
            const auto code = static_cast<double>(value(*indicator.cells()[i], "adc_code"));
            sum += indicator.bench().box()->coefficients[i] * code;
        }
        return sum;
    }

    SimTime since{};
    IndicatorProfile profile;
    ServedScale on;
    ServedIndicator indicator{profile, on, 1, [this] { return since; }};
};

const std::vector<PointMass> offCentre{{Length{4.0}, Length{0.5}, Mass{20'000.0}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(served_cell)

BOOST_AUTO_TEST_CASE(codes_add_up_to_what_the_box_has) {
    for (const char* name : {"jh-dc1", "flintec-dad141"}) {
        BOOST_TEST_CONTEXT(name) {
            Served served{name, digitalScale(true)};
            const std::size_t cells = served.indicator.cells().size();
            BOOST_REQUIRE(cells == 8U);
            for (const std::vector<PointMass>& loads : {std::vector<PointMass>{}, offCentre}) {
                served.put(loads);
                BOOST_TEST(std::abs(served.summedCodes() - served.sum().code_q8 / 256.0) <=
                           roundings(cells));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(each_cell_bears_its_own_dead_load_and_its_part_of_the_load) {
    Served served{"jh-dc1", digitalScale(true)};
    const auto countsPerKg =
        served.indicator.bench().box()->countsAtFullScale / served.on.scale.cellType.capacity.si();
    for (const std::vector<PointMass>& loads : {std::vector<PointMass>{}, offCentre}) {
        served.put(loads);
        const ProbeResult truth = probe(served.on.scale, served.on.site, loads);
        std::vector<double> told_kg;
        for (std::size_t i = 0; i < truth.cells.size(); ++i) {
            BOOST_TEST_CONTEXT(truth.cells[i].id) {
                Station& cell = *served.indicator.cells()[i];
                const double borne_kg = (truth.cells[i].live + truth.cells[i].dead).si();
                const double tolerance_kg = borne_kg * rawGainSpread + classErrors_kg;
                const auto code = static_cast<double>(served.value(cell, "adc_code"));
                told_kg.push_back(static_cast<double>(served.value(cell, "gross")) / 10.0);
                BOOST_TEST(std::abs(code / countsPerKg - borne_kg) <= tolerance_kg);
                // Tenths of a kilogram, and codes of 0.06 kg.
                BOOST_TEST(std::abs(told_kg.back() - code / countsPerKg) <= 0.1);
                BOOST_TEST(served.value(cell, "serial") == 20260002 + static_cast<int>(i));
            }
        }
        // Cells in the middle bear two modules, cells at the ends one.
        BOOST_TEST(told_kg[2] > told_kg[0] + 500.0);
        BOOST_TEST(told_kg[4] > told_kg[6] + 500.0);
    }
}

BOOST_AUTO_TEST_CASE(a_zero_code_takes_the_dead_load_away) {
    Served served{"jh-dc1", digitalScale(true)};
    Station& cell = *served.indicator.cells()[2];
    BOOST_TEST(served.value(cell, "gross") > 15'000);
    const auto code = static_cast<std::uint32_t>(served.value(cell, "adc_code"));
    const std::uint16_t words[]{static_cast<std::uint16_t>(code >> 16),
                                static_cast<std::uint16_t>(code & 0xFFFF)};
    const int address = served.profile.fields.at("zero_code").address;
    BOOST_TEST(
        (cell.write(ModbusTable::holdingRegisters, address, words) == ModbusException::none));
    served.pass(2s);
    BOOST_TEST(std::abs(served.value(cell, "gross")) <= 5);
    BOOST_TEST(served.value(cell, "zero_code") == static_cast<std::int64_t>(code));
    // Its neighbour has not heard of it.
    BOOST_TEST(served.value(*served.indicator.cells()[3], "gross") > 15'000);
}

BOOST_AUTO_TEST_CASE(a_silent_cell_and_one_without_supply_say_nothing) {
    ServedScale on = digitalScale(true);
    Fault silent;
    silent.what = CellSilentFault{"2L", true};
    on.faults.push_back(silent);
    Served served{"jh-dc1", on};
    for (std::size_t i = 0; i < served.indicator.cells().size(); ++i) {
        BOOST_TEST(served.indicator.cells()[i]->silent() == (i == 2));
    }
    BOOST_TEST(!served.indicator.silent());
    BOOST_TEST(served.indicator.bench().switchSupply(false).has_value());
    BOOST_TEST(served.indicator.cells()[0]->silent());
    BOOST_TEST(served.indicator.silent());
}

BOOST_AUTO_TEST_CASE(a_cell_warms_up_with_the_air) {
    ServedScale on = digitalScale(true);
    on.site.temperature = Temperature{31.4};
    Served served{"jh-dc1", on};
    BOOST_TEST(served.value(*served.indicator.cells()[5], "temperature") == 314);
}

BOOST_AUTO_TEST_CASE(an_indicator_for_many_cells_tells_of_each) {
    Served served{"dingsong-4821", digitalScale(false)};
    VirtualBench& bench = served.indicator.bench();
    const auto field = [](const char* name, std::size_t cell) {
        return std::string{name} + "_" + std::to_string(cell + 1);
    };
    const auto all = [&](const char* name) {
        std::vector<double> values;
        for (std::size_t i = 0; i < 16; ++i) {
            const std::int64_t v = served.value(served.indicator, field(name, i));
            values.push_back(static_cast<double>(v));
        }
        return values;
    };
    served.put({});
    const std::vector<double> zeros = all("cell_zero"), empty = all("cell_weight");
    served.put(offCentre);
    const std::vector<double> codes = all("cell_code"), weights = all("cell_weight");
    const ProbeResult truth = probe(served.on.scale, served.on.site, offCentre);
    double codeSum = 0.0, zeroSum = 0.0, weightSum_kg = 0.0;
    for (std::size_t i = 0; i < truth.cells.size(); ++i) {
        BOOST_TEST_CONTEXT(truth.cells[i].id) {
            BOOST_TEST(std::abs(empty[i]) <= 2.0);
            BOOST_TEST(std::abs(weights[i] - truth.cells[i].live.si()) <= classErrors_kg);
            const double k = bench.box()->coefficients[i];
            codeSum += k * codes[i];
            zeroSum += k * zeros[i];
            weightSum_kg += weights[i];
        }
    }
    // One conversion against the mean of ten: the noise of eight cells on top of the roundings.
    constexpr double noise_counts = 12.0;
    BOOST_TEST(std::abs(codeSum - served.sum().code_q8 / 256.0) <= roundings(8) + noise_counts);
    BOOST_TEST(std::abs(zeroSum - served.sum().dead_load_q8 / 256.0) <=
               roundings(8) + noise_counts);
    const auto unrounded_kg = bench.nativeFirmware().unrounded(MassUnit::kg)->mass().si();
    BOOST_TEST(std::abs(weightSum_kg - unrounded_kg) <= 0.5 * 8 + 1.0);
    for (std::size_t i = 8; i < 16; ++i) {
        BOOST_TEST(codes[i] == 0.0);
        BOOST_TEST(zeros[i] == 0.0);
        BOOST_TEST(weights[i] == 0.0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
