// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/poller.h
#include "hil/modbus/poller.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace jh;
using namespace std::chrono_literals;

namespace {

struct Pair {
    std::array<int, 2> ends{-1, -1};
    Pair() { BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0); }
    ~Pair() {
        for (const int end : ends) {
            if (end >= 0) close(end);
        }
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    void say(char c) { BOOST_REQUIRE(write(ends[1], &c, 1) == 1); }
    char heard() {
        char c{};
        BOOST_REQUIRE(read(ends[0], &c, 1) == 1);
        return c;
    }
};

const auto nothing = [](Poller::Readiness) {};

}  // namespace

BOOST_AUTO_TEST_SUITE(poller)

BOOST_AUTO_TEST_CASE(a_descriptor_that_can_be_read_is_called_until_it_is_read) {
    Poller poller;
    Pair pair;
    int calls = 0;
    BOOST_REQUIRE(poller.add(pair.ends[0], {}, [&](Poller::Readiness r) {
        BOOST_TEST(r.readable);
        BOOST_TEST(!r.hungUp);
        if (++calls == 2) pair.heard();
    }));
    poller.step(0ns);
    BOOST_TEST(calls == 0);
    pair.say('a');
    for (int i = 0; i < 4; ++i) poller.step(0ns);
    BOOST_TEST(calls == 2);
    poller.remove(pair.ends[0]);
    pair.say('b');
    poller.step(0ns);
    BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_CASE(interest_can_change_and_a_hang_up_is_seen_without_any) {
    Poller poller;
    Pair pair;
    Poller::Readiness last{};
    int calls = 0;
    BOOST_REQUIRE(poller.add(pair.ends[0], {false, false}, [&](Poller::Readiness r) {
        last = r;
        ++calls;
    }));
    pair.say('a');
    poller.step(0ns);
    BOOST_TEST(calls == 0);
    poller.change(pair.ends[0], {false, true});
    poller.step(0ns);
    BOOST_TEST(last.writable);
    BOOST_TEST(!last.readable);
    poller.change(pair.ends[0], {false, false});
    close(std::exchange(pair.ends[1], -1));
    poller.step(0ns);
    BOOST_TEST(calls == 2);
    BOOST_TEST(last.hungUp);
}

BOOST_AUTO_TEST_CASE(a_callback_may_remove_itself_and_those_that_are_ready_too) {
    Poller poller;
    std::array<Pair, 3> pairs;
    int calls = 0;
    for (Pair& pair : pairs) {
        const std::string ballast(100, 'x');  // on the heap: a callback freed while it runs is seen
        BOOST_REQUIRE(poller.add(pair.ends[0], {}, [&, ballast](Poller::Readiness) {
            for (Pair& each : pairs) poller.remove(each.ends[0]);
            ++calls;
            BOOST_TEST(ballast.size() == 100u);
        }));
        pair.say('a');
    }
    poller.step(0ns);
    poller.step(0ns);
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(readiness_of_a_closed_descriptor_is_not_given_to_its_number_s_next_owner) {
    Poller poller;
    Pair first;
    Pair second;
    int wrong = 0;
    int reused = -1;
    const auto swap = [&](Pair& other) {
        if (reused >= 0) return;
        const int number = other.ends[0];
        poller.remove(number);
        close(std::exchange(other.ends[0], -1));
        reused = fcntl(first.ends[1], F_DUPFD, number);
        BOOST_REQUIRE(reused == number);
        BOOST_REQUIRE(poller.add(reused, {false, false}, [&](Poller::Readiness) { ++wrong; }));
    };
    BOOST_REQUIRE(poller.add(first.ends[0], {}, [&](Poller::Readiness) { swap(second); }));
    BOOST_REQUIRE(poller.add(second.ends[0], {}, [&](Poller::Readiness) { swap(first); }));
    first.say('a');
    second.say('b');
    poller.step(0ns);
    BOOST_TEST(reused >= 0);
    BOOST_TEST(wrong == 0);
    poller.remove(reused);
    close(reused);
}

BOOST_AUTO_TEST_CASE(a_number_may_be_watched_again_after_it_was_removed) {
    Poller poller;
    Pair pair;
    int calls = 0;
    BOOST_REQUIRE(poller.add(pair.ends[0], {}, nothing));
    poller.remove(pair.ends[0]);
    BOOST_REQUIRE(poller.add(pair.ends[0], {}, [&](Poller::Readiness) { ++calls; }));
    pair.say('a');
    poller.step(0ns);
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_watched_is_an_error) {
    Poller poller;
    const auto added = poller.add(5000, {}, nothing);
    BOOST_REQUIRE(!added.has_value());
    BOOST_TEST(!added.error().text.empty());
}

BOOST_AUTO_TEST_CASE(timers_come_in_order_and_end_the_wait) {
    Poller poller;
    std::string order;
    const auto start = Poller::Time::clock::now();
    poller.at(start + 3ms, [&] { order += 'c'; });
    poller.at(start + 1ms, [&] { order += 'a'; });
    poller.at(start + 1ms, [&] { order += 'b'; });
    const auto cancelled = poller.at(start + 2ms, [&] { order += 'x'; });
    poller.cancel(cancelled);
    while (order.size() < 3) poller.step(1h);
    BOOST_TEST(order == "abc");
    BOOST_CHECK(poller.now() >= start + 3ms);
    poller.cancel(cancelled);  // again: nothing
}

BOOST_AUTO_TEST_CASE(a_timer_that_is_past_is_called_in_the_next_step_once) {
    Poller poller;
    int calls = 0;
    std::function<void()> again = [&] {
        ++calls;
        poller.at(poller.now() - 1h, again);
    };
    poller.at(poller.now(), again);
    for (int step = 1; step <= 3; ++step) {
        poller.step(1h);
        BOOST_TEST(calls == step);
    }
}

BOOST_AUTO_TEST_CASE(a_timer_may_cancel_another_that_is_due) {
    Poller poller;
    int calls = 0;
    Poller::TimerId second{};
    poller.at(poller.now(), [&] {
        ++calls;
        poller.cancel(second);
    });
    second = poller.at(poller.now(), [&] { ++calls; });
    poller.step(0ns);
    poller.step(0ns);
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()
