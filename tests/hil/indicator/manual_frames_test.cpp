// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator and hil/driver/modbus_indicator.h against the frames that the manuals
// print: `examples` in scenarios/indicators. The bytes come from there, not from our other half.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "hil/driver/modbus_indicator.h"
#include "hil/indicator/simulated_station.h"
#include "hil/modbus/rtu_client.h"
#include "tests/support/indicator_rig.h"
#include "tests/support/rtu_frame.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

Bytes bytesOf(const std::string& hex) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 3) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::size_t word(const Bytes& frame, std::size_t at) {
    return frame.at(at) * 256U + frame.at(at + 1);
}

std::vector<IndicatorProfile> shippedProfiles() {
    std::vector<IndicatorProfile> profiles;
    for (const auto& entry : std::filesystem::directory_iterator(dataFolder() / "indicators")) {
        auto profile = loadIndicator(entry.path());
        if (!profile) throw std::runtime_error{profile.error().front().text()};
        profiles.push_back(std::move(*profile));
    }
    return profiles;
}

/// Says back what a manual prints; to what it does not know it answers as a device that has done
/// everything.
struct ManualLine final : Line {
    Bytes reply;
    std::vector<Bytes> requests;
    Bytes exchange(std::span<const std::uint8_t> request, SimTime) override {
        requests.emplace_back(request.begin(), request.end());
        if (!reply.empty()) return reply;
        const Bytes& r = requests.back();
        if (r[1] == 5 || r[1] == 6) return r;
        if (r[1] == 16) return framed({r.begin(), r.begin() + 6});
        Bytes body{r[0], r[1], static_cast<std::uint8_t>(2 * word(r, 4))};
        for (std::size_t i = 0; i < word(r, 4); ++i) {
            body.push_back(0);
            body.push_back(1);
        }
        return framed(body);
    }
};

Expected<std::vector<std::uint16_t>, IoError> readThrough(ManualLine& line, const Bytes& request) {
    RtuClient client{line, request[0], 500ms};
    const auto table =
        request[1] == 4 ? ModbusTable::inputRegisters : ModbusTable::holdingRegisters;
    return client.read(static_cast<int>(word(request, 2)), static_cast<int>(word(request, 4)),
                       table);
}

/// A printed answer: the client sends the printed request, takes the answer, and the profile reads
/// the printed values out of it and makes the same registers of them.
void checkAnswer(const IndicatorProfile& profile, const FrameExample& example) {
    const Bytes request = bytesOf(example.request), reply = bytesOf(example.reply);
    BOOST_TEST(crcRight(reply));
    ManualLine line;
    line.reply = reply;
    const auto words = readThrough(line, request);
    BOOST_REQUIRE(words.has_value());
    BOOST_TEST(line.requests.at(0) == request, boost::test_tools::per_element());
    RegisterImage image{profile};
    const int first = static_cast<int>(word(request, 2));
    image.add({ModbusTable::holdingRegisters, first, *words});
    for (const auto& [name, raw] : example.says) {
        BOOST_TEST(image.raw(name).value() == raw);
        const RegisterField& field = profile.fields.at(name);
        std::array<std::uint16_t, 2> before{};
        const auto at = static_cast<std::size_t>(field.address - first);
        std::copy_n(words->begin() + static_cast<std::ptrdiff_t>(at), field.words(),
                    before.begin());
        const auto again = encodeField(profile, field, raw, 0, before);
        for (std::size_t i = 0; i < static_cast<std::size_t>(field.words()); ++i) {
            BOOST_TEST(again.at(i) == words->at(at + i));
        }
    }
}

/// A printed command: the client half sends it, the simulated half takes it.
void checkCommand(const IndicatorProfile& profile, const FrameExample& example) {
    const Bytes request = bytesOf(example.request);
    const ScaleModel scale = shipped("100t-jjg539-initial").scale;
    ManualLine line;
    RtuClient client{line, request[0], 500ms};
    IndicatorRig rig;
    ModbusIndicator indicator{profile, client, rig, scale};
    static_cast<void>(indicator.command(example.command, example.parameter));
    BOOST_TEST(
        (std::find(line.requests.begin(), line.requests.end(), request) != line.requests.end()));

    SimulatedStation station{profile, rig.core, [&rig] { return rig.now(); }};
    BOOST_TEST(station.speaks(request[1]));
    std::vector<std::uint16_t> values;
    for (std::size_t i = 0; i < word(request, 4); ++i) {
        values.push_back(static_cast<std::uint16_t>(word(request, 7 + 2 * i)));
    }
    const auto answer =
        station.write(ModbusTable::holdingRegisters, static_cast<int>(word(request, 2)), values);
    BOOST_TEST((answer == ModbusException::none));
}

/// What a manual prints wrongly must not get through: neither as a frame nor as an answer nor as a
/// request that the family's table forbids.
void checkErratum(const IndicatorProfile& profile, const FrameExample& example) {
    const Bytes request = bytesOf(example.request);
    bool refused = !crcRight(request);
    if (!refused && !example.reply.empty()) {
        ManualLine line;
        line.reply = bytesOf(example.reply);
        refused = !readThrough(line, request).has_value();
    } else if (!refused) {
        IndicatorRig rig;
        SimulatedStation station{profile, rig.core, [&rig] { return rig.now(); }};
        std::vector<std::uint16_t> out(word(request, 4));
        refused = station.read(ModbusTable::holdingRegisters, static_cast<int>(word(request, 2)),
                               out) != ModbusException::none;
    }
    BOOST_TEST(refused, example.erratum);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(manual_frames)

BOOST_AUTO_TEST_CASE(both_halves_speak_as_the_manuals_print) {
    int answers = 0, commands = 0, errata = 0;
    for (const IndicatorProfile& profile : shippedProfiles()) {
        for (const FrameExample& example : profile.examples) {
            BOOST_TEST_CONTEXT(profile.title << ": " << example.request) {
                if (!example.erratum.empty()) {
                    checkErratum(profile, example);
                    ++errata;
                    continue;
                }
                BOOST_TEST(crcRight(bytesOf(example.request)));
                if (!example.command.empty()) {
                    checkCommand(profile, example);
                    ++commands;
                } else if (!example.reply.empty()) {
                    checkAnswer(profile, example);
                    ++answers;
                }
            }
        }
    }
    BOOST_TEST(answers >= 9);
    BOOST_TEST(commands >= 14);
    BOOST_TEST(errata >= 6);
}

BOOST_AUTO_TEST_SUITE_END()
