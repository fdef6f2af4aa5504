// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/serial_line.h
#include "hil/modbus/serial_line.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <thread>

#include "tests/hil/modbus/played_station.h"
#include "tests/support/printers.h"
#include "tests/support/temporary_folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;
using Kind = LineFrame::Kind;
using Pieces = std::vector<TimedPiece>;

namespace {

const auto per = boost::test_tools::per_element();
constexpr int baud = 115200;
constexpr auto format = CharacterFormat::e81;
constexpr SimTime patience = 5s;  // for what surely comes
/// A busy machine may hold back a byte for long: that must not end a reply.
constexpr SimTime muchLatency = 200ms;

const Bytes request = framed({0x01, 0x03, 0x00, 0x00, 0x00, 0x02});
const Bytes reply = framed({0x01, 0x03, 0x04, 0x12, 0x34, 0x56, 0x78});
const Bytes foreign = framed({0x02, 0x03, 0x04, 0x00, 0x00, 0x00, 0x00});
const Bytes otherFunction = framed({0x01, 0x04, 0x04, 0x00, 0x00, 0x00, 0x00});

Bytes joined(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

struct Seen {
    Kind kind;
    Bytes bytes;
    SimTime begin, end;
};

/// A line, a station played at its end, and a monitor.
struct Rig {
    PtyPair pair = std::move(PtyPair::open(baud, format).value());
    std::unique_ptr<SerialLine> line;
    std::vector<Seen> seen;
    std::unique_ptr<PlayedStation> station;

    explicit Rig(PlayedStation::Script script, SimTime latency = muchLatency, bool echo = false)
        : line{open(latency, echo)} {
        line->watch([this](const LineFrame& f) {
            seen.push_back({f.kind, {f.bytes.begin(), f.bytes.end()}, f.begin, f.end});
        });
        station = std::make_unique<PlayedStation>(pair.far, std::move(script));
    }
    std::unique_ptr<SerialLine> open(SimTime latency, bool echo) const {
        auto opened = SerialLine::open({{pair.device, baud, format}, echo, latency});
        BOOST_REQUIRE(opened.has_value());
        return std::move(*opened);
    }
    /// Until the station has sent its last byte.
    void awaitAnswer(int number) const {
        const SimTime until = steadyNow() + patience;
        while (station->answered() < number && steadyNow() < until) std::this_thread::yield();
    }
    bool saw(Kind kind, const Bytes& bytes) const {
        for (const Seen& s : seen) {
            if (s.kind == kind && s.bytes == bytes) return true;
        }
        return false;
    }
};

PlayedStation::Script answering(Pieces pieces) {
    return [pieces = std::move(pieces)](const Bytes&) { return pieces; };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serial_line)

BOOST_AUTO_TEST_CASE(a_reply_comes_back_and_is_seen) {
    Rig rig{answering({{0ns, reply}})};
    BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    BOOST_TEST(!rig.line->fault().has_value());
    BOOST_REQUIRE(rig.seen.size() == 2u);
    BOOST_TEST(rig.saw(Kind::request, request));
    BOOST_TEST(rig.saw(Kind::reply, reply));
    BOOST_CHECK(rig.seen[0].begin < rig.seen[0].end);
    BOOST_CHECK(rig.seen[0].end <= rig.seen[1].begin);
    BOOST_CHECK(rig.seen[1].begin <= rig.seen[1].end);
    BOOST_TEST(rig.line->statistics().replies == 1u);
    BOOST_CHECK(rig.line->statistics().lastTurnAround >= 0ns);
}

BOOST_AUTO_TEST_CASE(libmodbus_speaks_over_it) {
    Rig rig{answering({{0ns, reply}})};
    RtuClient client{*rig.line, 1, patience};
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(client.read(0, 2).value() == (std::vector<std::uint16_t>{0x1234, 0x5678}), per);
}

BOOST_AUTO_TEST_CASE(silence_between_frames_is_kept) {
    Rig rig{answering({{0ns, reply}})};
    for (int i = 0; i < 5; ++i) BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    for (std::size_t i = 2; i < rig.seen.size(); i += 2)
        BOOST_CHECK(rig.seen[i].begin - rig.seen[i - 1].end >= frameSilence(baud, format));
}

BOOST_AUTO_TEST_CASE(a_silent_station_costs_the_time_out) {
    Rig rig{answering({})};
    const SimTime start = steadyNow();
    BOOST_TEST(rig.line->exchange(request, 20ms).empty());
    BOOST_CHECK(steadyNow() - start >= 20ms);
    BOOST_TEST(rig.line->statistics().timeouts == 1u);
    BOOST_TEST(!rig.line->fault().has_value());
}

BOOST_AUTO_TEST_CASE(a_foreign_reply_is_dropped_and_waiting_goes_on) {
    for (const Bytes& before : {foreign, otherFunction}) {
        Rig apart{answering({{0ns, before}, {20ms, reply}})};
        BOOST_TEST(apart.line->exchange(request, patience) == reply, per);
        BOOST_TEST(apart.saw(Kind::foreign, before));
        Rig together{answering({{0ns, joined(before, reply)}})};
        BOOST_TEST(together.line->exchange(request, patience) == reply, per);
        BOOST_TEST(together.line->statistics().foreign == 1u);
        Rig only{answering({{0ns, before}})};
        BOOST_TEST(only.line->exchange(request, 50ms).empty());
        BOOST_TEST(only.line->statistics().timeouts == 1u);
    }
}

BOOST_AUTO_TEST_CASE(what_came_before_the_request_is_not_its_answer) {
    const Bytes late = framed({0x01, 0x03, 0x04, 0xEE, 0xEE, 0xEE, 0xEE});
    int asked = 0;
    Rig rig{[&](const Bytes&) {
        return ++asked == 1 ? Pieces{{30ms, late}} : Pieces{{0ns, reply}};
    }};
    BOOST_TEST(rig.line->exchange(request, 1ms).empty());
    rig.awaitAnswer(1);
    BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    BOOST_TEST(rig.saw(Kind::unasked, late));
    BOOST_TEST(rig.line->statistics().unaskedBytes == late.size());
}

BOOST_AUTO_TEST_CASE(what_follows_a_reply_is_dropped) {
    Rig rig{answering({{0ns, joined(reply, reply)}})};
    for (int i = 1; i <= 3; ++i) {
        BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
        rig.awaitAnswer(i);
    }
    BOOST_TEST(rig.line->statistics().foreign == 0u);
}

BOOST_AUTO_TEST_CASE(a_damaged_reply_comes_as_it_is) {
    Bytes damaged = reply;
    damaged[4] ^= 0x10;
    Rig rig{answering({{0ns, damaged}}), 30ms};
    BOOST_TEST(rig.line->exchange(request, patience) == damaged, per);
    BOOST_TEST(rig.line->statistics().damaged == 1u);
    BOOST_TEST(rig.line->statistics().replies == 0u);
    RtuClient client{*rig.line, 1, patience};
    BOOST_TEST(client.read(0, 2).error().kind == IoError::Kind::protocol);
}

BOOST_AUTO_TEST_CASE(an_exception_is_a_reply) {
    const Bytes exception = framed({0x01, 0x83, 0x02});
    Rig rig{answering({{0ns, exception}})};
    BOOST_TEST(rig.line->exchange(request, patience) == exception, per);
}

BOOST_AUTO_TEST_CASE(a_function_of_unknown_length_ends_with_silence) {
    const Bytes ask = framed({0x01, 0x41, 0x00, 0x00}), answer = framed({0x01, 0x41, 1, 2, 3, 4});
    Rig rig{answering({{0ns, answer}}), 30ms};
    BOOST_TEST(rig.line->exchange(ask, patience) == answer, per);
    BOOST_TEST(rig.line->statistics().replies == 1u);
}

BOOST_AUTO_TEST_CASE(a_pause_inside_is_measured) {
    // 100 ms are more than 1000 characters; a reader that comes late sees less of it.
    Rig rig{answering({{0ns, {reply.begin(), reply.begin() + 3}},
                       {100ms, {reply.begin() + 3, reply.end()}}}),
            3s};
    BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    BOOST_TEST(rig.line->statistics().longestGapCharacters > 100.0);
}

BOOST_AUTO_TEST_CASE(the_turn_around_is_measured) {
    Rig rig{answering({{100ms, reply}})};
    BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    // The station may have begun before the sender knew that its last byte was out.
    BOOST_CHECK(rig.line->statistics().lastTurnAround > 15ms);
    BOOST_CHECK(rig.line->statistics().longestTurnAround == rig.line->statistics().lastTurnAround);
}

BOOST_AUTO_TEST_CASE(noise_too_short_for_a_frame_does_not_end_the_waiting) {
    Rig rig{answering({{0ns, {0x5A, 0xA5}}, {300ms, reply}}), 20ms};
    BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    BOOST_TEST(rig.saw(Kind::noise, {0x5A, 0xA5}));
}

BOOST_AUTO_TEST_CASE(an_adapter_that_echoes) {
    Rig rig{[](const Bytes& heard) {
                return Pieces{{0ns, heard}, {0ns, reply}};
            },
            muchLatency, true};
    for (int i = 0; i < 2; ++i) BOOST_TEST(rig.line->exchange(request, patience) == reply, per);
    BOOST_TEST(rig.line->statistics().foreign == 0u);
    std::size_t echoed = 0;
    for (const Seen& s : rig.seen) echoed += s.kind == Kind::echo ? s.bytes.size() : 0;
    BOOST_TEST(echoed == 2 * request.size());
    // Told so of an adapter that does not.
    Rig silent{answering({{0ns, reply}}), muchLatency, true};
    BOOST_TEST(silent.line->exchange(request, patience) == reply, per);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_never_silent_is_told) {
    constexpr int slow = 2400;  // 3.5 characters are 16 ms
    PtyPair pair = std::move(PtyPair::open(slow, format).value());
    auto line = std::move(SerialLine::open({{pair.device, slow, format}, {}, {}}).value());
    // A quarter of a second of talk each time.
    PlayedStation station{pair.far, answering({{0ns, Bytes(55, 0x55)}})};
    // A machine that holds the talker back for 16 ms makes a silence of its own: then once more.
    bool told = false;
    for (int i = 0; i < 10 && !told; ++i) {
        static_cast<void>(line->exchange(request, 1us));
        BOOST_TEST((line->exchange(request, 50ms).empty() || !line->fault()));
        told = line->fault().has_value();
    }
    BOOST_REQUIRE(told);
    BOOST_TEST(line->fault()->kind == IoError::Kind::timeout);
}

BOOST_AUTO_TEST_CASE(a_reply_without_an_end_is_cut) {
    Rig rig{answering({{0ns, Bytes(400, 0x01)}})};
    const Bytes got = rig.line->exchange(request, patience);
    BOOST_TEST(got.size() > 256u);
    BOOST_TEST(rig.line->statistics().damaged == 1u);
}

BOOST_AUTO_TEST_CASE(faults_of_the_line_as_a_client_meets_them) {
    using namespace jh::line_fault;
    struct Case {
        LineFaultKind what;
        std::optional<IoError::Kind> error;
    };
    const Case cases[] = {
        {NoReply{}, IoError::Kind::timeout},
        {WrongId{}, IoError::Kind::timeout},  // dropped as another station's
        {WrongFunction{}, IoError::Kind::timeout},
        {WrongCrc{}, IoError::Kind::protocol},
        {Truncated{2}, IoError::Kind::timeout},  // libmodbus waits for the rest
        {Busy{}, IoError::Kind::exception},
        {Duplicated{}, {}},
        {Split{3, 1ms}, {}},
        {NoiseBytes{3, 100ms}, {}},
        {StaleData{}, {}},
    };
    for (const Case& c : cases) {
        auto faults = LineFaults::make({{c.what, {}}}, LineWire::rtu, 1).value();
        Rig rig{[&](const Bytes& asked) { return faults.apply(asked, reply, 0ns); }, 40ms};
        RtuClient client{*rig.line, 1, 250ms};
        const auto values = client.read(0, 2);
        BOOST_TEST_CONTEXT(name(c.what)) {
            BOOST_TEST(values.has_value() == !c.error.has_value());
            if (!values && c.error) BOOST_TEST(values.error().kind == *c.error);
        }
    }
}

BOOST_AUTO_TEST_CASE(unplugged_and_plugged_in_again) {
    TemporaryFolder folder;
    const auto device = folder / "ttyUSB0";
    std::optional<PtyPair> pair = std::move(PtyPair::open(baud, format).value());
    std::filesystem::create_symlink(pair->device, device);
    auto line =
        std::move(SerialLine::open({{device.string(), baud, format}, {}, muchLatency}).value());
    {
        PlayedStation station{pair->far, answering({{0ns, reply}})};
        BOOST_TEST(line->exchange(request, patience) == reply, per);
    }
    std::filesystem::remove(device);
    pair.reset();
    BOOST_TEST(line->exchange(request, patience).empty());
    BOOST_REQUIRE(line->fault().has_value());
    BOOST_TEST(line->fault()->kind == IoError::Kind::disconnected);
    BOOST_TEST(line->exchange(request, patience).empty());  // at once, and still told
    BOOST_TEST(line->fault().has_value());
    const auto early = line->reopen();
    BOOST_REQUIRE(!early.has_value());
    BOOST_TEST(early.error().kind == IoError::Kind::disconnected);

    pair = std::move(PtyPair::open(baud, format).value());
    std::filesystem::create_symlink(pair->device, device);
    PlayedStation station{pair->far, answering({{0ns, reply}})};
    BOOST_TEST(line->reopen().has_value());
    BOOST_TEST(line->exchange(request, patience) == reply, per);
    BOOST_TEST(!line->fault().has_value());
}

BOOST_AUTO_TEST_CASE(a_device_that_is_not_there) {
    const auto opened = SerialLine::open({{"/dev/no-such-tty", baud, format}, {}, {}});
    BOOST_REQUIRE(!opened.has_value());
    BOOST_TEST(opened.error().kind == IoError::Kind::disconnected);
}

BOOST_AUTO_TEST_SUITE_END()
