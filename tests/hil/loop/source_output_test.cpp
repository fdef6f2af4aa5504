// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/source_output.h
#include "hil/loop/source_output.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <vector>

#include "hil/modbus/steady_time.h"

using namespace jh;

namespace {

/// A source that can be taken away, and what it was given.
struct Source {
    std::atomic<bool> there{true};
    std::atomic<int> asked{};
    std::vector<double> taken;  // read after stop() only

    Expected<void, IoError> write(BridgeRatio ratio) {
        const bool reached = there;
        if (reached) taken.push_back(ratio.si());
        ++asked;
        if (!reached) return Unexpected<IoError>{{IoError::Kind::disconnected, "unplugged"}};
        return {};
    }
};

constexpr double safe = 0.25;

/// Puts a signal and waits until the source was asked to take it.
void put(SourceOutput& output, Source& source, double ratio) {
    const int before = source.asked;
    output.put(BridgeRatio{ratio}, steadyNow());
    while (source.asked == before) std::this_thread::yield();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source_output)

BOOST_AUTO_TEST_CASE(signals_arrive_in_order_and_the_last_is_safe) {
    Source source;
    SourceOutput output{[&](BridgeRatio r) { return source.write(r); }, BridgeRatio{safe}};
    put(output, source, 0.5);
    put(output, source, 0.75);
    const SourceReport report = output.stop();
    BOOST_TEST(source.taken == (std::vector<double>{0.5, 0.75, safe}),
               boost::test_tools::per_element());
    BOOST_TEST(report.safe);
    BOOST_TEST(report.written == 2u);
    BOOST_TEST(report.failed == 0u);
    BOOST_TEST((report.longestOutage == SimTime{}));
}

BOOST_AUTO_TEST_CASE(an_outage_lasts_from_the_first_lost_signal_to_the_next_taken) {
    Source source;
    SourceOutput output{[&](BridgeRatio r) { return source.write(r); }, BridgeRatio{safe}};
    put(output, source, 0.5);
    BOOST_TEST((output.outage() == SimTime{}));
    source.there = false;
    const SimTime lost = steadyNow();
    put(output, source, 0.6);
    put(output, source, 0.7);
    // The second failure was counted when the third signal is asked for.
    put(output, source, 0.8);
    const SimTime outage = output.outage();
    BOOST_TEST((outage > SimTime{}));
    BOOST_TEST((outage <= steadyNow() - lost));
    source.there = true;
    put(output, source, 0.9);
    const SourceReport report = output.stop();
    BOOST_TEST(report.failed == 3u);
    BOOST_TEST(report.firstFailure == "unplugged");
    BOOST_TEST((report.longestOutage > SimTime{}));
    BOOST_TEST((output.outage() == SimTime{}));
    BOOST_TEST(report.safe);
}

BOOST_AUTO_TEST_CASE(a_source_that_is_gone_at_the_end_is_not_called_safe) {
    Source source;
    SourceOutput output{[&](BridgeRatio r) { return source.write(r); }, BridgeRatio{safe}};
    put(output, source, 0.5);
    source.there = false;
    BOOST_TEST(!output.stop().safe);
}

BOOST_AUTO_TEST_SUITE_END()
