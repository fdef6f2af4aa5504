// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/modbus/listen_socket.h
#include "hil/modbus/listen_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

bool says(const Expected<ListenSocket, IoError>& socket, const std::string& word) {
    BOOST_REQUIRE(!socket.has_value());
    BOOST_TEST(socket.error().kind == IoError::Kind::refused);
    BOOST_TEST_INFO(socket.error().text);
    return socket.error().text.find(word) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listen_socket)

BOOST_AUTO_TEST_CASE(port_0_is_a_free_port_and_a_port_in_use_is_an_error_that_names_it) {
    const auto first = openListenSocket("127.0.0.1", 0);
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(first->port != 0);
    const auto second = openListenSocket("127.0.0.1", first->port);
    BOOST_TEST(says(second, "127.0.0.1:" + std::to_string(first->port) + ": the port is in use"));
    close(first->descriptor);
    const auto third = openListenSocket("127.0.0.1", first->port);
    BOOST_REQUIRE(third.has_value());
    BOOST_TEST(third->port == first->port);
    close(third->descriptor);
}

BOOST_AUTO_TEST_CASE(errors_say_what_to_do) {
    BOOST_TEST(says(openListenSocket("localhost", 0), "127.0.0.1"));
    BOOST_TEST(says(openListenSocket("", 0), "127.0.0.1"));
    // 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it.
    BOOST_TEST(says(openListenSocket("192.0.2.1", 0), "ip address"));
    rlimit limit{};
    BOOST_REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    const rlimit none{0, limit.rlim_max};
    BOOST_REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
    const auto full = openListenSocket("127.0.0.1", 0);
    BOOST_REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    BOOST_TEST(says(full, "ulimit -n"));
}

struct Peer {
    int family;
    const char* address;
    bool loopback;
    friend std::ostream& operator<<(std::ostream& os, const Peer& p) { return os << p.address; }
};
const Peer peers[] = {
    {AF_INET, "127.0.0.1", true},
    {AF_INET, "127.255.0.9", true},
    {AF_INET, "128.0.0.1", false},
    {AF_INET, "192.168.1.2", false},
    {AF_INET, "0.0.0.0", false},
    {AF_INET6, "::1", true},
    {AF_INET6, "::2", false},
    {AF_INET6, "::ffff:127.0.0.1", true},
    {AF_INET6, "::ffff:10.0.0.1", false},
    {AF_INET6, "fe80::1", false},
};

BOOST_DATA_TEST_CASE(this_machine_is_told_from_others, bdata::make(peers), peer) {
    sockaddr_storage storage{};
    storage.ss_family = static_cast<sa_family_t>(peer.family);
    void* place = peer.family == AF_INET
                      ? static_cast<void*>(&reinterpret_cast<sockaddr_in&>(storage).sin_addr)
                      : static_cast<void*>(&reinterpret_cast<sockaddr_in6&>(storage).sin6_addr);
    BOOST_REQUIRE(inet_pton(peer.family, peer.address, place) == 1);
    BOOST_TEST(isLoopback(storage) == peer.loopback);
}

BOOST_AUTO_TEST_SUITE_END()
