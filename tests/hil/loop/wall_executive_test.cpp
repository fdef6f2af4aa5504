// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/wall_executive.h, timing.h, source_output.h
#include "hil/loop/wall_executive.h"

#include <boost/test/unit_test.hpp>

#include "hil/loop/source_output.h"
#include "hil/modbus/steady_time.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;
using namespace jh::test;

namespace {

struct Rig {
    Scenario scenario{shipped("30t-jjg539-initial")};
    VirtualBench bench{simulatedBench(scenario)};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(wall_executive)

BOOST_AUTO_TEST_CASE(a_histogram_knows_its_quantiles_to_a_bin) {
    DurationHistogram h;
    for (int i = 1; i <= 1000; ++i) h.add(std::chrono::microseconds{10 * i});
    BOOST_TEST(h.count() == 1000u);
    BOOST_CHECK(h.most() == SimTime{10ms});
    // 16 bins to an octave: the upper edge is at most 4.5 % above.
    for (const auto& [share, true_ms] : {std::pair{0.5, 5.0}, {0.99, 9.9}, {0.999, 9.99}}) {
        const double found_ms = seconds(h.quantile(share)) * 1e3;
        BOOST_TEST(found_ms >= true_ms);
        BOOST_TEST(found_ms <= true_ms * 1.045);
    }
    DurationHistogram odd;
    odd.add(SimTime{-5ms});
    odd.add(SimTime{10min});
    BOOST_TEST(odd.count() == 2u);
    BOOST_CHECK(odd.quantile(0.25) <= SimTime{2us});
}

BOOST_AUTO_TEST_CASE(the_bench_follows_the_clock_and_the_procedure_waits_for_it) {
    Rig rig;
    BenchLock lock;
    const SimTime begin = rig.bench.now(), wall = steadyNow();
    WallExecutive executive{rig.bench, lock, 1ms};
    rig.bench.pace = [&](SimTime t) { return executive.waitUntil(t); };
    BOOST_TEST(rig.bench.waitUntil(begin + 150ms).has_value());
    BOOST_CHECK(rig.bench.now() >= begin + SimTime{150ms});
    BOOST_CHECK(steadyNow() - wall >= SimTime{150ms});
    const LoopTiming timing = executive.stop();
    rig.bench.pace = nullptr;
    // Every period has its tick or is told as missed.
    const auto passed = static_cast<std::uint64_t>((rig.bench.now() - begin) / SimTime{1ms});
    BOOST_TEST(timing.ticks + timing.missed == passed);
    BOOST_TEST(timing.lateness.count() == timing.ticks);
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_wait) {
    Rig rig;
    BenchLock lock;
    std::atomic<bool> stop{};
    rig.bench.stopRequested = &stop;
    WallExecutive executive{rig.bench, lock, 1ms};
    rig.bench.pace = [&](SimTime t) { return executive.waitUntil(t); };
    rig.bench.onConversion = [&](SimTime, BridgeRatio) { stop = true; };
    const auto waited = rig.bench.waitUntil(rig.bench.now() + 1h);
    BOOST_REQUIRE(!waited.has_value());
    BOOST_TEST(waited.error().kind == IoError::Kind::interrupted);
    static_cast<void>(executive.stop());
    rig.bench.pace = nullptr;
}

BOOST_AUTO_TEST_CASE(a_source_gets_the_newest_signal_and_ends_safe) {
    std::mutex mutex;
    std::vector<double> seen;
    std::atomic<int> calls{};
    SourceReport report;
    {
        std::unique_lock slow{mutex};
        SourceOutput output{[&](BridgeRatio ratio) -> Expected<void, IoError> {
                                ++calls;
                                const std::lock_guard hold{mutex};
                                seen.push_back(ratio.si());
                                return {};
                            },
                            BridgeRatio{0.0}};
        output.put(BridgeRatio{1e-3}, steadyNow());
        while (calls == 0) std::this_thread::yield();
        for (int i = 2; i <= 100; ++i) output.put(BridgeRatio{i * 1e-3}, steadyNow());
        slow.unlock();
        while (calls < 2) std::this_thread::yield();
        report = output.stop();
    }
    BOOST_TEST(report.safe);
    BOOST_TEST(report.overtaken == 98u);
    BOOST_TEST(seen == (std::vector<double>{1e-3, 0.1, 0.0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_is_counted_and_driven_to_safe_all_the_same) {
    int calls = 0;
    SourceOutput output{[&](BridgeRatio) -> Expected<void, IoError> {
                            if (++calls < 3) {
                                return Unexpected<IoError>{{IoError::Kind::timeout, "no reply"}};
                            }
                            return {};
                        },
                        BridgeRatio{0.0}};
    output.put(BridgeRatio{1e-3}, steadyNow());
    const SourceReport report = output.stop();
    BOOST_TEST(report.safe);
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_SUITE_END()
