// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/describe_line_fault.h and parse_faults.h: faults of lines, right and wrong
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/scenario/describe_line_fault.h"
#include "hil/scenario/json_text.h"
#include "hil/scenario/load.h"
#include "hil/scenario/parse_faults.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::line_fault;
using test::listing;

namespace {

Expected<Scenario, Diagnostics> with(const std::string& faults) {
    return parseScenario(
        "jianheng: scenario\nextends: 100t-jjg539-initial.yaml\nline_faults:\n" + faults, "x.yaml",
        JH_SHIPPED "/verifications");
}

struct Wrong {
    const char *lines, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.lines; }
};

/// Every kind with every size it has.
const char* const oneOfEach =
    "  - {kind: no_reply, station: 1, from: 10 s, until: 1 min, share: 20 %}\n"
    "  - {kind: late_reply, delay: 200 ms, spread: 50 ms, shape: normal}\n"
    "  - {kind: wrong_id, plus: -1}\n"
    "  - {kind: wrong_crc}\n"
    "  - {kind: truncated, missing: 2}\n"
    "  - {kind: split, after: 4, pause: 20 ms}\n"
    "  - {kind: merged}\n"
    "  - {kind: duplicated, pause: 5 ms}\n"
    "  - {kind: bit_errors, rate: 1e-4}\n"
    "  - {kind: noise_bytes, count: 5, pause: 8 ms}\n"
    "  - {kind: busy}\n"
    "  - {kind: wrong_function, plus: 2}\n"
    "  - {kind: stale_data}\n"
    "  - {kind: word_swap}\n"
    "  - {kind: frozen_value}\n"
    "  - {kind: disconnect, away: 3 s, every: 30 s}\n"
    "  - {kind: wrong_baud, sent: 9600, heard: 19200, format: 8N1}\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(line_fault_rules)

BOOST_AUTO_TEST_CASE(each_kind_is_read_with_its_sizes) {
    const auto read = with(oneOfEach);
    BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? "" : listing(read.error())));
    const std::vector<LineFault>& faults = read->lineFaults;
    BOOST_REQUIRE_EQUAL(faults.size(), std::variant_size_v<LineFaultKind>);
    for (std::size_t i = 0; i < faults.size(); ++i) BOOST_TEST(faults[i].what.index() == i);
    BOOST_TEST(faults[0].station.value() == 1);
    BOOST_CHECK(faults[0].from == 10s && faults[0].until == 60s);
    BOOST_TEST(faults[0].share == 0.2);
    BOOST_CHECK(!faults[1].station && faults[1].until == SimTime::max());
    const RandomTime& delay = std::get<LateReply>(faults[1].what).delay;
    BOOST_CHECK(delay.shape == RandomTime::Shape::normal);
    BOOST_CHECK(delay.mean == 200ms && delay.spread == 50ms);
    BOOST_TEST(std::get<WrongId>(faults[2].what).plus == -1);
    BOOST_TEST(std::get<Truncated>(faults[4].what).missingBytes == 2);
    BOOST_TEST(std::get<Split>(faults[5].what).afterBytes == 4);
    BOOST_CHECK(std::get<Split>(faults[5].what).pause == 20ms);
    BOOST_CHECK(std::get<Duplicated>(faults[7].what).pause == 5ms);
    BOOST_TEST(std::get<BitErrors>(faults[8].what).rate == 1e-4);
    BOOST_TEST(std::get<NoiseBytes>(faults[9].what).count == 5);
    BOOST_TEST(std::get<WrongFunction>(faults[11].what).plus == 2);
    BOOST_CHECK(std::get<Disconnect>(faults[15].what).away == 3s);
    BOOST_CHECK(std::get<Disconnect>(faults[15].what).every == 30s);
    BOOST_TEST(std::get<WrongBaud>(faults[16].what).heardBaud == 19200);
    BOOST_CHECK(std::get<WrongBaud>(faults[16].what).format == CharacterFormat::n81);
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
    const auto read = with(oneOfEach);
    BOOST_REQUIRE(read.has_value());
    const auto again = parseScenario(read->resolvedYaml, "x.yaml", ".");
    BOOST_REQUIRE_MESSAGE(again.has_value(), (again ? "" : listing(again.error())));
    BOOST_TEST(again->resolvedYaml == read->resolvedYaml);
    BOOST_TEST(again->lineFaults.size() == read->lineFaults.size());
    BOOST_TEST(read->resolvedYaml.find("\"shape\": \"normal\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_scenario_without_them_says_nothing_of_them) {
    const auto plain = loadScenario(JH_SHIPPED "/verifications/100t-jjg539-initial.yaml");
    BOOST_REQUIRE(plain.has_value());
    BOOST_TEST(plain->resolvedYaml.find("line_faults") == std::string::npos);
}

const Wrong wrongOnes[] = {
    {"  - {kind: late_replay, delay: 1 s}\n",
     "4:12: line_faults[0].kind: 'late_replay' is not known; expected one of: no_reply, "
     "late_reply, wrong_id, wrong_crc, truncated, split, merged, duplicated, bit_errors, "
     "noise_bytes, busy, wrong_function, stale_data, word_swap, frozen_value, disconnect, "
     "wrong_baud (did you mean 'late_reply'?)\n"},
    {"  - {delay: 1 s}\n", "4:5: line_faults[0].kind: is missing\n"},
    {"  - {kind: late_reply}\n", "4:5: line_faults[0].delay: is missing\n"},
    {"  - {kind: late_reply, delay: 200}\n",
     "4:31: line_faults[0].delay: '200' has no unit; expected one of: s, ms, us, ns, min, h\n"},
    {"  - {kind: no_reply, delay: 1 s}\n", "4:22: line_faults[0].delay: unknown key\n"},
    {"  - {kind: no_reply, statoin: 1}\n",
     "4:22: line_faults[0].statoin: unknown key (did you mean 'station'?)\n"},
    {"  - {kind: late_reply, delay: 1 s, shape: uniform}\n",
     "4:5: line_faults[0].spread: is missing: how far from `delay`?\n"},
    {"  - {kind: late_reply, delay: 1 s, spread: 1 ms}\n",
     "4:44: line_faults[0].spread: belongs to `shape: uniform` and `shape: normal`\n"},
    {"  - {kind: split, pause: 0 s}\n",
     "4:5: line_faults[0]: split: the pause must be longer than zero\n"},
    {"  - {kind: no_reply, from: 10 s, until: 5 s}\n",
     "4:5: line_faults[0]: no_reply: must begin before it ends\n"},
    {"  - {kind: no_reply, share: 0 %}\n",
     "4:5: line_faults[0]: no_reply: the share lies above 0, 1 at most\n"},
    {"  - {kind: disconnect, away: 2 s, every: 1 s}\n",
     "4:5: line_faults[0]: disconnect: must come back before it goes again\n"},
    {"  - {kind: no_reply, station: 7}\n",
     "4:31: line_faults[0].station: no station 7 on the line; the indicator is 1\n"},
    {"  - {kind: truncated, missing: 0}\n  - {kind: bit_errors, rate: 2}\n",
     "4:32: line_faults[0].missing: '0' is out of range; expected 1 to 260\n"
     "5:30: line_faults[1].rate: '2' is out of range; expected 0 to 1\n"},
};
BOOST_DATA_TEST_CASE(wrong_line_faults, bdata::make(wrongOnes), wrong) {
    const auto read = with(wrong.lines);
    BOOST_TEST((read ? "" : listing(read.error())) == wrong.listing);
}

BOOST_AUTO_TEST_CASE(a_command_line_says_the_same_in_words) {
    const auto faults =
        parseLineFaults({"late_reply delay=200ms station=3 share=20%",
                         "disconnect from=10 s away=3 s", "bit_errors rate=1e-3", "busy"},
                        {LineWire::rtu}, "--line-fault");
    BOOST_REQUIRE_MESSAGE(faults.has_value(), (faults ? "" : listing(faults.error())));
    BOOST_TEST(faults->size() == 4u);
    BOOST_CHECK(std::get<LateReply>((*faults)[0].what).delay.mean == 200ms);
    BOOST_TEST((*faults)[0].station.value() == 3);
    BOOST_TEST((*faults)[0].share == 0.2);
    BOOST_CHECK((*faults)[1].from == 10s);
    BOOST_CHECK(std::get<Disconnect>((*faults)[1].what).away == 3s);
}

BOOST_AUTO_TEST_CASE(one_of_the_wires_must_be_able_to_have_it) {
    const std::vector<std::string> crc{"wrong_crc"};
    BOOST_TEST(parseLineFaults(crc, {LineWire::tcp, LineWire::rtu}, "x").has_value());
    BOOST_TEST(parseLineFaults(crc, {LineWire::rtu}, "x").has_value());
    const auto refused =
        parseLineFaults({"wrong_crc", "lat_reply", "split"}, {LineWire::tcp}, "--line-fault");
    BOOST_REQUIRE(!refused.has_value());
    std::string text;
    for (const Diagnostic& d : refused.error()) text += d.text() + "\n";
    BOOST_TEST(text.find("not on Modbus TCP") != std::string::npos);
    BOOST_TEST(text.find("did you mean 'late_reply'?") != std::string::npos);
    BOOST_TEST(text.find("line_faults[2].pause: is missing") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
