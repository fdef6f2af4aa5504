// Tests for firmware-bridge/host/host_lines.h and remote_host.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/host/host_lines.h"

#include <deque>

#include <boost/test/unit_test.hpp>

#include "firmware-bridge/host/remote_host.h"

namespace jh {
namespace {

/// Sends each byte back 1 ms after it came, and remembers codes.
class Echo final : public HostedBoard {
public:
    void conversion(SimTime at, std::int64_t code) override { now = at, sum += code; }
    void receive(SimTime at, std::uint8_t byte) override { due.push_back({at + 1ms, byte}); }
    bool press(SimTime, const std::string& button, bool) override { return button == "zero"; }
    void powerOn(SimTime) override { due.clear(); }
    void powerOff(SimTime) override { due.clear(); }
    SimTime runUntil(SimTime until, bool stopAtByte) override {
        now = until;
        if (stopAtByte && !due.empty() && due.front().at < until) now = due.front().at;
        return now;
    }
    std::vector<BoardEvent> takeEvents() override {
        std::vector<BoardEvent> events;
        while (!due.empty() && due.front().at <= now) {
            events.push_back({due.front().at, BoardEvent::Kind::byte, due.front().byte, {}});
            due.pop_front();
        }
        return events;
    }
    std::vector<std::uint8_t> nonvolatile() const override { return {0x00, 0xA5, 0xFF}; }
    BoardFigures figures() const override { return {1, 2, 3, 4, 5, 6, 7, 80ns}; }
    BoardSurvey survey() override {
        BoardSurvey seen;
        seen.pins.push_back({"PD3", true, 100, 0, 2, {{25, 3}, {64, 1}}, "PD2"});
        seen.pins.push_back({"PD2", false, 0, 75, 0, {}, {}});
        seen.uarts.push_back({1, 9600, "8N1", 12, true});
        seen.spiBytes = 3;
        seen.nonvolatileReads = 5;
        return seen;
    }
    std::vector<AddressRange> executed() const override { return {{0, 4}, {0x1F0, 0x1FE}}; }
    std::string whereabouts() const override { return "0x10 (main)"; }
    void hashInto(Hash& hash) const override { hash.add(static_cast<std::uint64_t>(sum)); }
    std::string debug(int port) override { return port == 1 ? "it is taken" : ""; }

    std::deque<TimedByte> due;
    SimTime now{};
    std::int64_t sum{};
};

/// Both ends in one process.
class Short final : public HostChannel {
public:
    explicit Short(bool refuse = false)
        : lines{"echo", [refuse](const HostLines::Order&, std::string& refusal) {
                    if (refuse) refusal = "not today";
                    return refuse ? nullptr : std::make_unique<Echo>();
                }} {}
    Expected<void, std::string> send(std::string_view text) override {
        ++blocks;
        while (!text.empty()) {
            const auto end = text.find('\n');
            answers += lines.answer(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
        return {};
    }
    Expected<std::string, std::string> receive() override {
        const auto end = answers.find('\n');
        if (end == std::string::npos) return Unexpected<std::string>{"it ended"};
        std::string line = answers.substr(0, end);
        answers.erase(0, end + 1);
        return line;
    }
    HostLines lines;
    std::string answers;
    int blocks{};
};

std::unique_ptr<RemoteHost> started(Short*& channel) {
    auto made = std::make_unique<Short>();
    channel = made.get();
    auto host = RemoteHost::start(std::move(made), {"host echo\n", "x.elf", {1, 2}, 1ms});
    BOOST_TEST_REQUIRE(host.has_value());
    return std::move(*host);
}

BOOST_AUTO_TEST_SUITE(host_lines)

BOOST_AUTO_TEST_CASE(what_is_no_order_is_named) {
    HostLines lines{"echo",
                    [](const HostLines::Order&, std::string&) { return std::make_unique<Echo>(); }};
    BOOST_TEST(lines.answer("hello 1") == "hello 1 echo\n");
    BOOST_TEST(lines.answer("run 10") == "wrong run 10\n");  // nothing to run yet
    BOOST_TEST(lines.answer("survey") == "");
    BOOST_TEST(lines.answer("start") == "ready\n");
    BOOST_TEST(lines.answer("c 1") == "wrong c 1\n");
    BOOST_TEST(lines.answer("nonvolatile 0") == "wrong nonvolatile 0\n");
    BOOST_TEST(lines.answer("press 1 1 tare") == "wrong press 1 1 tare\n");
    BOOST_TEST(lines.answer("press 1 1 zero") == "");
    BOOST_TEST(lines.answer("run 10") == "at 10\n");
}

BOOST_AUTO_TEST_CASE(what_was_executed_and_whether_a_debugger_came_is_told) {
    Short* channel = nullptr;
    const auto host = started(channel);
    const std::vector<AddressRange> wanted{{0, 4}, {0x1F0, 0x1FE}};
    BOOST_CHECK((host->executed() == wanted));
    BOOST_TEST(host->debug(1) == "it is taken");
    BOOST_TEST(host->debug(2) == "");
    BOOST_TEST(host->whereNow() == "0x10 (main)");
    BOOST_TEST(!host->lost().has_value());
}

BOOST_AUTO_TEST_CASE(bytes_come_back_at_their_time) {
    Short* channel = nullptr;
    const auto host = started(channel);
    host->receive(5ms, 0x41);
    BOOST_TEST((host->runUntilByte(1s) == 6ms));
    BOOST_TEST(!host->takeTransmitted(5ms).has_value());
    const auto byte = host->takeTransmitted(6ms);
    BOOST_TEST_REQUIRE(byte.has_value());
    BOOST_TEST((byte->at == 6ms && byte->byte == 0x41));
    BOOST_TEST((host->runUntilByte(50ms) == 50ms));
    BOOST_CHECK((host->nonvolatile() == std::vector<std::uint8_t>{0x00, 0xA5, 0xFF}));
    BOOST_TEST(host->figures().leastStackFree.value() == 7U);
    BOOST_TEST((host->figures().lateness == 80ns));
    BOOST_TEST(host->whereabouts() == "0x10 (main)");
    BOOST_TEST((host->survey() == Echo{}.survey()));
    BOOST_TEST((host->survey() == Echo{}.survey()));
}

BOOST_AUTO_TEST_CASE(at_rest_one_exchange_a_second) {
    Short* channel = nullptr;
    const auto host = started(channel);
    const int before = channel->blocks;
    Hash hash;
    for (int i = 1; i <= 800; ++i) {
        host->conversion(i * 12'500us, i);
        if (i % 80 == 0) host->hashInto(hash);
    }
    BOOST_TEST(channel->blocks - before <= 11);
}

BOOST_AUTO_TEST_CASE(a_refusal_and_a_lost_host_have_their_reasons) {
    auto refused =
        RemoteHost::start(std::make_unique<Short>(true), {"host echo\n", "x.elf", {}, 1ms});
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error() == "not today");

    Short* channel = nullptr;
    const auto host = started(channel);
    channel->answers = "lost 7 it crashed at 0x10\n";
    BOOST_TEST((host->runUntilByte(20ms) == 20ms));
    BOOST_TEST(host->lost().value() == "the firmware: it crashed at 0x10");
    host->conversion(30ms, 1);
    BOOST_TEST((host->runUntilByte(40ms) == 40ms));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh
