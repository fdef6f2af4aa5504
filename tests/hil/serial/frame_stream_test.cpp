// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/frame_stream.h
#include "hil/serial/frame_stream.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/hil/serial/lumps.h"

using namespace jh;
using namespace jh::test;

namespace {

/// Frames of "<", a digit that is their length, characters, ">".
struct Toy {
    FrameStream stream{'<'};
    std::vector<std::string> frames;

    void feed(std::string_view text) {
        const Bytes bytes = bytesOf(text);
        stream.feed(
            bytes,
            [](std::span<const std::uint8_t> rest) {
                return rest.size() < 2 ? 0U : std::size_t{rest[1]} - '0';
            },
            [this](std::span<const std::uint8_t> frame) -> std::optional<FrameFault> {
                if (frame.back() != '>') return FrameFault::length;
                frames.emplace_back(frame.begin(), frame.end());
                return std::nullopt;
            });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(frame_stream)

BOOST_AUTO_TEST_CASE(frames_come_out_whole_however_they_are_cut) {
    Toy toy;
    for (const char* lump : {"xx<", "4a", "", "><5bc><", "3>"}) toy.feed(lump);
    BOOST_TEST(toy.frames == (std::vector<std::string>{"<4a>", "<5bc>", "<3>"}),
               boost::test_tools::per_element());
    BOOST_TEST(toy.stream.counts().good == 3u);
    BOOST_TEST(toy.stream.counts().bad == 0u);
    BOOST_TEST(toy.stream.counts().skippedBytes == 2u);
    BOOST_TEST(!toy.stream.counts().lastFault.has_value());
}

BOOST_AUTO_TEST_CASE(a_good_frame_inside_a_broken_one_is_found) {
    Toy toy;
    toy.feed("<9a<4b>cde<4f>");
    BOOST_TEST(toy.frames == (std::vector<std::string>{"<4b>", "<4f>"}),
               boost::test_tools::per_element());
    BOOST_TEST(toy.stream.counts().bad == 1u);
    // "<9a" and "cde"
    BOOST_TEST(toy.stream.counts().skippedBytes == 6u);
    BOOST_CHECK(toy.stream.counts().lastFault == FrameFault::length);
}

BOOST_AUTO_TEST_SUITE_END()
