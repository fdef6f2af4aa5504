// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/conform/conform.h and conform_report.h: sound indicators conform, and each thing
// that is wrong with one stands in its line.
#include "hil/conform/conform.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "hil/conform/conform_report.h"
#include "hil/indicator/simulated_station.h"
#include "hil/modbus/pdu_server.h"
#include "tests/support/indicator_rig.h"
#include "tests/support/rtu_frame.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

/// A serial line in virtual time with one station on it, of which a test can spoil the answers.
struct PlayedClient final : RawClient {
    PlayedClient(IndicatorRig& r, Station& s) : rig{r}, station{s} {}

    LineWire wire() const override { return LineWire::rtu; }
    Bytes frame(int unit, std::span<const std::uint8_t> pdu) override {
        Bytes bytes;
        bytes.push_back(static_cast<std::uint8_t>(unit));
        for (const std::uint8_t byte : pdu) bytes.push_back(byte);
        return framed(bytes);
    }
    Expected<std::vector<RawAnswer>, IoError> send(const std::vector<TimedPiece>& pieces,
                                                   std::size_t) override {
        ++requests;
        if (requests > unplugAfter) {
            return Unexpected<IoError>{{IoError::Kind::disconnected, "unplugged"}};
        }
        const Bytes& request = pieces.front().bytes;
        rig.advance(turnAround);
        RawAnswer answer;
        answer.turnAround = turnAround;
        const bool heard = crcRight(request) && request[0] == 1;
        const PduAnswer told = heard ? server.answer(request, station) : PduAnswer{};
        if (!told.answered) {
            answer.kind = RawAnswer::Kind::silence;
        } else {
            answer.unit = told.adu[0];
            answer.pdu.clear();
            for (std::size_t i = 1; i + 2 < told.adu.size(); ++i) answer.pdu.push_back(told.adu[i]);
        }
        if (spoil) spoil(request, answer);
        return std::vector<RawAnswer>{answer};
    }

    IndicatorRig& rig;
    Station& station;
    PduServer server{AduFraming::rtu};
    SimTime turnAround{5'000'000};
    int requests{}, unplugAfter{1'000'000};
    std::function<void(const Bytes& request, RawAnswer&)> spoil;
};

/// An adjusted indicator with half a ton on its scale.
struct Bench {
    explicit Bench(const std::string& name = "laumas")
        : profile{loadIndicator(dataFolder() / "indicators" / (name + ".yaml")).value()} {
        execute(JH_CORE_UNLOCK, 0);
        execute(JH_CORE_ADJUST_ZERO, 0);
        load(20'000);
        execute(JH_CORE_ADJUST_SPAN, 20'000'000'000);
        execute(JH_CORE_SEAL, 0);
        load(500);
        options.requests = 20;
    }
    void execute(jh_core_command command, std::int64_t mass_mg) {
        jh_core_execute(rig.core.state(), static_cast<std::uint64_t>(rig.now() / 1us), command,
                        mass_mg);
    }
    void load(std::int64_t kg) {
        rig.kg = kg;
        rig.advance(5s);
    }
    ConformReport run() { return conform(profile, client, rig, scale, options); }

    IndicatorRig rig;
    IndicatorProfile profile;
    ScaleModel scale{shipped("100t-jjg539-initial").scale};
    SimulatedStation station{profile, rig.core, [this] { return rig.now(); }};
    PlayedClient client{rig, station};
    ConformOptions options;
};

/// "Section: tried" of all that differs.
std::vector<std::string> differences(const ConformReport& report) {
    std::vector<std::string> found;
    for (const ConformLine& line : report.lines) {
        if (line.verdict == ConformVerdict::differs) {
            found.push_back(line.section + ": " + line.tried + ": " + line.found);
        }
    }
    return found;
}

const ConformLine* lineWith(const ConformReport& report, const std::string& tried) {
    for (const ConformLine& line : report.lines) {
        if (line.tried.find(tried) != std::string::npos) return &line;
    }
    return nullptr;
}

void checkOnly(const ConformReport& report, const std::string& tried, const std::string& found) {
    const auto all = differences(report);
    BOOST_TEST_CONTEXT(conformText(report)) {
        BOOST_TEST(!all.empty());
    }
    for (const std::string& difference : all) {
        BOOST_TEST(difference.find(tried) != std::string::npos, difference);
        BOOST_TEST(difference.find(found) != std::string::npos, difference);
    }
}

bool isRead(const Bytes& request, std::uint8_t address, std::uint8_t count) {
    constexpr std::size_t whole = 8;  // requests of other lengths are sent too
    return request.size() == whole && request[1] == 3 && request[2] == 0 && request[3] == address &&
           request[5] == count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conformity)

BOOST_AUTO_TEST_CASE(every_shipped_family_conforms_to_itself) {
    for (const auto& entry : std::filesystem::directory_iterator(dataFolder() / "indicators")) {
        const std::string name = entry.path().stem().string();
        BOOST_TEST_CONTEXT(name) {
            Bench bench{name};
            bench.options.write = true;
            const ConformReport report = bench.run();
            for (const std::string& difference : differences(report)) BOOST_ERROR(difference);
            BOOST_TEST(report.lost.empty());
            BOOST_TEST(report.count(ConformVerdict::ok) > 40);
            const ConformLine* tare = lineWith(report, "tare");
            BOOST_REQUIRE(tare != nullptr);
        }
    }
}

BOOST_AUTO_TEST_CASE(it_only_reads_unless_writing_is_allowed) {
    Bench bench;
    bench.client.spoil = [](const Bytes& request, RawAnswer& answer) {
        const bool writes = request[1] == 5 || request[1] == 6 || request[1] == 16;
        if (writes) BOOST_TEST(answer.exception() != 0);
    };
    const ConformReport report = bench.run();
    BOOST_TEST(differences(report).empty());
    BOOST_CHECK(lineWith(report, "zero, tare and codes")->verdict == ConformVerdict::notTried);
}

BOOST_AUTO_TEST_CASE(a_function_too_many_is_found) {
    Bench bench;
    bench.client.spoil = [](const Bytes& request, RawAnswer& answer) {
        if (request[1] == 4) answer.pdu = {4, 4, 0, 0, 0, 0};
    };
    checkOnly(bench.run(), "function 04", "data");
}

BOOST_AUTO_TEST_CASE(silence_in_place_of_exception_01_is_found_unless_the_profile_says_so) {
    Bench bench;
    bench.client.spoil = [](const Bytes& request, RawAnswer& answer) {
        if (request[1] != 3 && request[1] != 16) answer.kind = RawAnswer::Kind::silence;
    };
    checkOnly(bench.run(), "Functions: function", "silence");
    bench.profile.silentOnUnknownFunction = true;
    BOOST_TEST(differences(bench.run()).empty());
}

BOOST_AUTO_TEST_CASE(a_limit_of_registers_that_is_not_kept_is_found) {
    Bench bench;
    bench.profile.mostRead = 20;  // it gives 32
    IndicatorProfile wider = bench.profile;
    wider.mostRead = 32;
    SimulatedStation station{wider, bench.rig.core, [&] { return bench.rig.now(); }};
    PlayedClient client{bench.rig, station};
    checkOnly(conform(bench.profile, client, bench.rig, bench.scale, bench.options),
              "21 registers from holding register 0 (40001)", "data");
}

BOOST_AUTO_TEST_CASE(another_exception_behind_the_map_is_found) {
    Bench bench;
    bench.client.spoil = [](const Bytes&, RawAnswer& answer) {
        if (answer.exception() == 2) answer.pdu[1] = 3;
    };
    checkOnly(bench.run(), "Addresses: ", "exception 03 (impossible value");
}

BOOST_AUTO_TEST_CASE(gaps_and_cut_values_are_compared_with_the_profile) {
    Bench bench;
    bench.profile.gapsReadable = false;
    bench.profile.wholeFields = true;
    IndicatorProfile open = bench.profile;
    open.gapsReadable = true;
    open.wholeFields = false;
    SimulatedStation station{open, bench.rig.core, [&] { return bench.rig.now(); }};
    PlayedClient client{bench.rig, station};
    const auto report = conform(bench.profile, client, bench.rig, bench.scale, bench.options);
    BOOST_CHECK(lineWith(report, "a gap: ")->verdict == ConformVerdict::differs);
    BOOST_CHECK(lineWith(report, "the second half of")->verdict == ConformVerdict::differs);
    BOOST_CHECK(lineWith(report, "half of gross and")->verdict == ConformVerdict::differs);
}

BOOST_AUTO_TEST_CASE(an_impossible_weight_and_an_unknown_code_are_found) {
    Bench bench;
    bench.client.spoil = [](const Bytes& request, RawAnswer& answer) {
        if (isRead(request, 6, 5)) answer.pdu.at(8) = 0x7F;           // net, behind its sign
        if (isRead(request, 13, 1)) answer.pdu = {3, 2, 0x63, 0x63};  // unit and interval
    };
    const ConformReport report = bench.run();
    BOOST_CHECK(lineWith(report, "net: ")->verdict == ConformVerdict::differs);
    BOOST_CHECK(lineWith(report, "unit: ")->verdict == ConformVerdict::differs);
    BOOST_TEST(lineWith(report, "unit: ")->source == "fields.unit, division");
    BOOST_CHECK(lineWith(report, "peak: ")->verdict == ConformVerdict::ok);
}

BOOST_AUTO_TEST_CASE(answers_to_other_units_and_broken_frames_are_found) {
    Bench bench;
    const RawAnswer some{RawAnswer::Kind::reply, 2, 0, {3, 2, 0, 0}, 1ms};
    bench.client.spoil = [&](const Bytes& request, RawAnswer& answer) {
        if (request[0] == 2 || !crcRight(request)) answer = some;
    };
    const ConformReport report = bench.run();
    BOOST_CHECK(lineWith(report, "unit 2, which")->verdict == ConformVerdict::differs);
    BOOST_CHECK(lineWith(report, "unit 247, which")->verdict == ConformVerdict::ok);
    BOOST_CHECK(lineWith(report, "a wrong CRC")->verdict == ConformVerdict::differs);
    BOOST_CHECK(lineWith(report, "after a wrong CRC")->verdict == ConformVerdict::ok);
}

BOOST_AUTO_TEST_CASE(slow_and_missing_replies_are_found) {
    Bench bench;
    bench.client.turnAround = 600ms;
    checkOnly(bench.run(), "20 readings", "median 600.00 ms, p99 600.00 ms, max 600.00 ms");
}

BOOST_AUTO_TEST_CASE(a_heartbeat_tells_its_rate_and_one_that_stands_is_found) {
    Bench alive{"flintec-ft11x"};
    const ConformReport report = alive.run();
    BOOST_TEST(lineWith(report, "how often heartbeat")->found.find("10.0 a second") !=
               std::string::npos);
    Bench dead{"flintec-ft11x"};
    dead.client.spoil = [](const Bytes& request, RawAnswer& answer) {
        if (!isRead(request, 0, 12) || answer.pdu.size() != 26) return;
        std::fill(answer.pdu.begin() + 22, answer.pdu.end(), std::uint8_t{});
    };
    BOOST_CHECK(lineWith(dead.run(), "how often heartbeat")->verdict == ConformVerdict::differs);
}

BOOST_AUTO_TEST_CASE(a_step_of_the_load_is_timed) {
    Bench bench;
    bench.options.step = 30s;
    std::optional<SimTime> comes;
    bench.options.say = [&](const std::string&) { comes = bench.rig.now() + 2s; };
    bench.client.spoil = [&](const Bytes&, RawAnswer&) {
        if (comes && bench.rig.now() > *comes) bench.rig.kg = 20'000;
    };
    const ConformReport report = bench.run();
    const ConformLine& step = *lineWith(report, "a step of the load");
    BOOST_CHECK(step.verdict == ConformVerdict::ok);
    BOOST_TEST(step.found.find("from 500.000 to 20000.000 kg") != std::string::npos, step.found);
    bench.options.say = {};
    BOOST_CHECK(lineWith(bench.run(), "a step of the load")->verdict == ConformVerdict::notTried);
}

BOOST_AUTO_TEST_CASE(a_command_that_does_nothing_is_found) {
    Bench bench;
    bench.options.write = true;
    bench.client.spoil = {};
    bench.profile.commands.at("tare").code = 70;  // what the profile says is not what it obeys
    IndicatorProfile real = bench.profile;
    real.commands.at("tare").code = 7;
    SimulatedStation station{real, bench.rig.core, [&] { return bench.rig.now(); }};
    PlayedClient client{bench.rig, station};
    const auto report = conform(bench.profile, client, bench.rig, bench.scale, bench.options);
    BOOST_CHECK(lineWith(report, "tare")->verdict == ConformVerdict::differs ||
                lineWith(report, "tare")->section != "Commands");
    BOOST_TEST(differences(report).size() == 1u);
    BOOST_TEST(differences(report).front().find("Commands: tare") == 0u);
}

BOOST_AUTO_TEST_CASE(zero_in_motion_must_be_refused) {
    Bench bench;
    bench.options.write = true;
    bench.rig.moving = true;
    bench.rig.advance(2s);
    const ConformReport report = bench.run();
    BOOST_CHECK(lineWith(report, "zero in motion")->verdict == ConformVerdict::ok);
}

BOOST_AUTO_TEST_CASE(an_unplugged_indicator_ends_the_report) {
    Bench bench;
    bench.client.unplugAfter = 40;
    const ConformReport report = bench.run();
    BOOST_TEST(report.lost == "unplugged");
    BOOST_TEST(bench.client.requests < 45);
    BOOST_TEST(conformVerdict(report) == "device lost");
    BOOST_TEST(conformText(report).find("lost: unplugged") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(reports_hold_every_line_and_escape_what_a_profile_says) {
    ConformReport report;
    report.title = "<Indicator> & \"Co\"";
    report.place = "here";
    report.sources = {{"map", "a <manual>"}};
    report.lines = {
        {"Fields", "gross", "at most 5", "fields.gross, map", "7 <b>", ConformVerdict::differs},
        {"Time", "a step", "", "", "nobody came", ConformVerdict::notTried}};
    const std::string html = conformHtml(report), json = conformJson(report),
                      text = conformText(report);
    BOOST_TEST(html.find("<b>7") == std::string::npos);
    BOOST_TEST(html.find("7 &lt;b&gt;") != std::string::npos);
    BOOST_TEST(html.find("&lt;Indicator&gt; &amp;") != std::string::npos);
    BOOST_TEST(html.find("What differs") != std::string::npos);
    BOOST_TEST(html.find("http") == std::string::npos);
    BOOST_TEST(json.find("\"verdict\": \"differs\"") != std::string::npos);
    BOOST_TEST(json.find("\"not tried\": 1") != std::string::npos);
    BOOST_TEST(text.find("expected: at most 5 (fields.gross, map)") != std::string::npos);
    BOOST_TEST(text.find("0 ok, 1 differ, 1 not tried") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
