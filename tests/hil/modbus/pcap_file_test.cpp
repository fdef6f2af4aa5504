// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/pcap_file.h. That Wireshark reads it is tested in tests/accept/5.
#include "hil/modbus/pcap_file.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "tests/support/modbus_frame.h"
#include "tests/support/temporary_folder.h"

using namespace jh;
using namespace jh::test;

namespace {

struct Block {
    std::uint32_t type{};
    Bytes body;
};

std::uint32_t little32(const Bytes& bytes, std::size_t at) {
    return bytes[at] | static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

/// The blocks of a file, whose two lengths must agree.
std::vector<Block> blocksOf(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    const Bytes all{std::istreambuf_iterator<char>{in}, {}};
    std::vector<Block> blocks;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t length = little32(all, at + 4);
        BOOST_REQUIRE(length % 4 == 0U);
        BOOST_REQUIRE(at + length <= all.size());
        BOOST_TEST(little32(all, at + length - 4) == length);
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
        blocks.push_back(
            {little32(all, at), {begin + 8, begin + static_cast<std::ptrdiff_t>(length) - 4}});
        at += length;
    }
    return blocks;
}

/// The captured bytes of a packet block.
Bytes packetOf(const Block& block) {
    BOOST_REQUIRE(block.type == 6U);
    const auto begin = block.body.begin() + 20;
    return {begin, begin + static_cast<std::ptrdiff_t>(little32(block.body, 12))};
}

std::uint32_t sumOf(const Bytes& bytes, std::size_t from, std::size_t end, std::uint32_t sum = 0) {
    for (std::size_t i = from; i < end; ++i) {
        sum += static_cast<std::uint32_t>(bytes[i]) << ((i - from) % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
    return sum;
}

std::uint32_t big32(const Bytes& bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 |
           static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pcap_file)

BOOST_AUTO_TEST_CASE(tcp_frames_are_a_conversation_with_right_sums) {
    const TemporaryFolder folder;
    const Bytes question = mbap(7, 1, {0x03, 0, 6, 0, 2}),
                answer = mbap(7, 1, {0x03, 4, 8, 0, 0, 1});
    {
        auto file = PcapFile::create((folder / "f").string());
        BOOST_REQUIRE(file.has_value());
        file->addTcp(5s, 1, 1502, true, question, "what it means");
        file->addTcp(5s + 3ms, 1, 1502, false, answer);
        file->closeTcp(6s, 1);
        file->closeTcp(6s, 1);
        BOOST_TEST(file->frames() == 8U);
        BOOST_TEST(file->written().has_value());
    }
    const auto blocks = blocksOf(folder / "f");
    // Section, two interfaces; three to open, two with data, three to close.
    BOOST_REQUIRE(blocks.size() == 11U);
    for (std::size_t i = 3; i < blocks.size(); ++i) {
        const Bytes ip = packetOf(blocks[i]);
        BOOST_TEST(sumOf(ip, 0, 20) == 0xFFFFU);
        const auto pseudo = static_cast<std::uint32_t>(6 + ip.size() - 20);
        BOOST_TEST(sumOf(ip, 12, ip.size(), pseudo) == 0xFFFFU);
    }
    const Bytes asked = packetOf(blocks[6]), replied = packetOf(blocks[7]);
    BOOST_TEST((Bytes{asked.begin() + 40, asked.end()} == question));
    BOOST_TEST((Bytes{replied.begin() + 40, replied.end()} == answer));
    BOOST_TEST(big32(asked, 16) == 0x7F0105DEU);  // 127.1.5.222: port 1502
    BOOST_TEST((asked[22] << 8 | asked[23]) == 502);
    // The reply acknowledges the request's bytes.
    BOOST_TEST(big32(replied, 28) == big32(asked, 24) + question.size());
    const std::string comment = "what it means";
    BOOST_TEST((std::search(blocks[6].body.begin(), blocks[6].body.end(), comment.begin(),
                            comment.end()) != blocks[6].body.end()));
}

BOOST_AUTO_TEST_CASE(serial_frames_name_their_dissector) {
    const TemporaryFolder folder;
    const Bytes frame = rtu(7, {0x03, 0, 6, 0, 2});
    {
        auto file = PcapFile::create((folder / "f").string());
        file->addSerial(SimTime{1'700'000'000'123'456'789}, true, true, frame);
        file->addSerial(6s, false, false, Bytes{1, 2});
    }
    const auto blocks = blocksOf(folder / "f");
    BOOST_REQUIRE(blocks.size() == 5U);
    const Bytes whole = packetOf(blocks[3]), damaged = packetOf(blocks[4]);
    const Bytes head{0,  12, 0, 8, 'm', 'b', 'r', 't', 'u', 0, 0, 0, 0, 20, 0, 4,
                     10, 0,  1, 0, 0,   21,  0,   4,   10,  0, 0, 7, 0, 0,  0, 0};
    BOOST_TEST((whole == joined({head, frame})));
    BOOST_TEST((damaged == Bytes{0, 12, 0, 4, 'd', 'a', 't', 'a', 0, 0, 0, 0, 1, 2}));
    const std::uint64_t time =
        static_cast<std::uint64_t>(little32(blocks[3].body, 4)) << 32 | little32(blocks[3].body, 8);
    BOOST_TEST(time == 1'700'000'000'123'456'789U);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_told) {
    BOOST_TEST(!PcapFile::create("/nowhere/f").has_value());
    auto full = PcapFile::create("/dev/full");
    BOOST_REQUIRE(full.has_value());
    full->addSerial(1s, true, true, rtu(1, {0x03, 0, 6, 0, 2}));
    BOOST_TEST(!full->written().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
