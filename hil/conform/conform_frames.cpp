// SPDX-License-Identifier: GPL-3.0-or-later
// Frames that are none, in pieces or too close together; after each of them it must still answer.
#include <fmt/format.h>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr SimTime pauseInside{50'000'000};
constexpr int inOneGo = 3;

void stillAnswers(ConformBench& bench, const std::string& after, const Bytes& read) {
    bench.judge("a good request after " + after,
                {true, {}, false, false, "serial line 1.02, 2.4.1"}, bench.ask(read));
}

void brokenRtu(ConformBench& bench, const Bytes& read) {
    const Bytes good = bench.client.frame(bench.options.unit, read);
    const Wanted silence{false, {}, true, false, "serial line 1.02, 2.5.1.2"};
    const auto refuse = [&](const std::string& what, const Bytes& frame) {
        bench.judge(what, silence, bench.send({{SimTime{}, frame}}, 1).front());
        stillAnswers(bench, what, read);
    };
    Bytes wrong = good;
    wrong.back() = static_cast<std::uint8_t>(wrong.back() ^ 0xFFU);
    refuse("a wrong CRC", wrong);
    refuse("a frame of three bytes", {good.begin(), good.begin() + 3});
    refuse("a frame without its end", {good.begin(), good.end() - 1});
    Bytes longer = good;
    longer.push_back(0x55);  // not 0: the CRC of a whole frame is 0, and stays so over zeros
    refuse("a byte too many", longer);
    if (!bench.client.keepsPauses()) {
        return bench.notTried("a pause inside a frame", "this line cannot keep one exactly");
    }
    // Longer than 1.5 characters, shorter than the 3.5 that would end the frame.
    constexpr std::int64_t halvesOfBits = 2LL * 11 * 5 / 2;
    const SimTime pause{halvesOfBits * 1'000'000'000 / 2 / bench.profile.baud};
    bench.judge("a pause of 2.5 characters inside a frame",
                {false, {}, true, false, "serial line 1.02, 2.5.1.1"},
                bench
                    .send({{SimTime{}, {good.begin(), good.begin() + 4}},
                           {pause, {good.begin() + 4, good.end()}}},
                          1)
                    .front());
    stillAnswers(bench, "a pause inside a frame", read);
}

/// Whether answers are those to requests with these transaction numbers, in their order.
bool inOrder(const std::vector<RawAnswer>& answers, const std::vector<int>& numbers) {
    if (answers.size() != numbers.size()) return false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].kind != RawAnswer::Kind::reply || answers[i].transaction != numbers[i]) {
            return false;
        }
    }
    return true;
}

int transactionOf(const Bytes& frame) {
    return frame[0] * 256 + frame[1];
}

void brokenTcp(ConformBench& bench, const Bytes& read) {
    const auto fresh = [&] { return bench.client.frame(bench.options.unit, read); };
    const char* messaging = "messaging on TCP 1.0b, 4.4.2.2";
    const Wanted ignored{false, {}, true, true, messaging};
    Bytes other = fresh();
    other[3] = 1;
    bench.judge("protocol id 1 in the head", ignored, bench.send({{SimTime{}, other}}, 1).front());
    stillAnswers(bench, "a wrong protocol id", read);
    Bytes tooLong = fresh();
    tooLong[4] = 0xFF;
    bench.judge("length 65286 in the head", ignored, bench.send({{SimTime{}, tooLong}}, 1).front());
    stillAnswers(bench, "an impossible length", read);

    const Wanted data{true, {}, false, false, messaging};
    for (const std::ptrdiff_t cut : {3, 8}) {
        const Bytes whole = fresh();
        bench.judge(fmt::format("a request in two pieces, cut after {} bytes", cut), data,
                    bench
                        .send({{SimTime{}, {whole.begin(), whole.begin() + cut}},
                               {pauseInside, {whole.begin() + cut, whole.end()}}},
                              1)
                        .front());
    }
    Bytes together;
    std::vector<int> numbers;
    for (int i = 0; i < inOneGo; ++i) {
        const Bytes one = fresh();
        numbers.push_back(transactionOf(one));
        together.insert(together.end(), one.begin(), one.end());
    }
    const auto answers = bench.send({{SimTime{}, together}}, inOneGo);
    const bool all = inOrder(answers, numbers);
    bench.add(
        all ? ConformVerdict::ok : ConformVerdict::differs,
        fmt::format("{} requests in one go", inOneGo),
        "a reply to each, with its transaction number", messaging,
        all ? "all of them, in order"
            : fmt::format("{} answers, the last: {}", answers.size(), bench.say(answers.back())));
    stillAnswers(bench, "several in one go", read);
}

}  // namespace

void conformFrames(ConformBench& bench) {
    bench.section("Frames");
    const auto read = bench.soundRead();
    if (!read) return bench.notTried("broken frames", "the profile has nothing to read");
    if (bench.client.wire() == LineWire::rtu) {
        brokenRtu(bench, *read);
    } else {
        brokenTcp(bench, *read);
    }
}

}  // namespace jh
