// SPDX-License-Identifier: GPL-3.0-or-later
// The loop by the clock with a whole simulated scale in it, beside a bare loop on clock_nanosleep
// with the same priority: spans of both in turn, so that both meet the same machine.
// jh_loop_bench [SPANS [SECONDS]]
#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>

#include <cstdlib>
#include <thread>

#include "hil/cli/power_on.h"
#include "hil/loop/wall_executive.h"
#include "hil/modbus/steady_time.h"
#include "tests/support/shipped.h"

namespace jh {
namespace {

constexpr SimTime period = 1ms;

/// Errors of the period; those of several spans together.
struct Errors {
    DurationHistogram histogram;
    std::uint64_t missed{};
};

/// The least that any such loop does.
void bareSpan(SimTime span, Errors& errors) {
    std::thread{[&] {
        sched_param wanted{};
        wanted.sched_priority = 50;
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted);
        const SimTime begin = steadyNow();
        SimTime before = begin;
        for (std::int64_t number = 1; period * number <= span; ++number) {
            const SimTime deadline = begin + period * number;
            sleepUntil(deadline);
            const SimTime woke = steadyNow();
            const SimTime error = woke - before - period;
            if (number > 1) errors.histogram.add(error < SimTime{} ? -error : error);
            before = woke;
            const std::int64_t skipped = (woke - deadline) / period;
            errors.missed += static_cast<std::uint64_t>(skipped);
            number += skipped;
        }
    }}.join();
}

void add(DurationHistogram& to, const DurationHistogram& from) {
    for (std::size_t bin = 0; bin < from.bins().size(); ++bin) {
        // A duration just below the bin's upper edge falls into the same bin.
        const SimTime inside = DurationHistogram::edge(static_cast<int>(bin)) - 1ns;
        for (std::uint64_t i = 0; i < from.bins()[bin]; ++i) to.add(inside);
    }
}

bool loopSpan(SimTime span, Errors& errors) {
    const Scenario scenario = test::shipped("100t-jjg539-initial");
    const Seeds seeds{scenario.seed, scenario.visit};
    Ads1232Model adc;
    adc.rate_Hz = 80;
    VirtualBench bench{Plant{scenario.scale, scenario.site, seeds, scenario.faults}, adc,
                       powerOn(scenario.scale, scenario.settings, scenario.indicator, {}), seeds};
    BenchLock lock;
    WallExecutive executive{bench, lock, period};
    const auto waited = executive.waitUntil(bench.now() + span);
    const LoopTiming timing = executive.stop();
    add(errors.histogram, timing.periodError);
    errors.missed += timing.missed;
    return waited.has_value() && timing.realTime;
}

void print(const char* name, const Errors& errors) {
    const auto us = [&](double share) { return seconds(errors.histogram.quantile(share)) * 1e6; };
    fmt::print(
        "  {:<22} {:>7} periods, {:>4} missed; error median {:.0f} us, p99 {:.0f}, p99.9 {:.0f}\n",
        name, errors.histogram.count(), errors.missed, us(0.5), us(0.99), us(0.999));
}

int run(int spans, SimTime span) {
    Errors bare, loop;
    bool realTime = true;
    for (int i = 0; i < spans; ++i) {
        bareSpan(span, bare);
        realTime = loopSpan(span, loop) && realTime;
    }
    fmt::print("loop of 1 kHz, {} spans of {:g} s each, SCHED_FIFO {}\n", spans, seconds(span),
               realTime ? "granted" : "not permitted");
    print("bare clock_nanosleep", bare);
    print("with the whole scale", loop);
    constexpr double share = 0.999;
    fmt::print("  p99.9 of the period error: {:.2f} of the bare loop's (wanted: at most 1.5)\n",
               seconds(loop.histogram.quantile(share)) / seconds(bare.histogram.quantile(share)));
    return 0;
}

}  // namespace
}  // namespace jh

int main(int argc, char** argv) {
    const int spans = argc > 1 ? std::atoi(argv[1]) : 20;
    const int each_s = argc > 2 ? std::atoi(argv[2]) : 1;
    return jh::run(spans, std::chrono::seconds{each_s});
}
