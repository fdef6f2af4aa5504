// SPDX-License-Identifier: GPL-3.0-or-later
// The Modbus TCP server beside a bare one of libmodbus, with a thousand clients, and with clients
// that mean no good. Ratios of what is measured alternately in the same minutes, so that they hold
// on any machine.  jh_modbus_bench
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "sim/base/check.h"
#include "tests/bench/modbus_servers.h"
#include "tests/support/modbus_frame.h"

namespace jh {
namespace {

using namespace std::chrono_literals;
using WallClock = std::chrono::steady_clock;
using bench::BareServer;
using bench::OurServer;
using test::Bytes;

constexpr int registersRead = 10;
const Bytes question = test::mbap(1, 1, {0x03, 0, 0, 0, registersRead});
constexpr std::size_t replyBytes = 9 + 2 * registersRead;

/// An open connection of the client's side.
class Client {
public:
    explicit Client(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        JH_CHECK(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        const int on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Client() { close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    int socket() const { return socket_; }
    void send(const Bytes& bytes) const {
        ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    void drain() const {
        std::array<char, 65536> away{};
        while (recv(socket_, away.data(), away.size(), MSG_DONTWAIT) > 0) {
        }
    }
    /// A question and its whole answer; how long it took.
    double transaction_us() const {
        const auto start = WallClock::now();
        send(question);
        std::array<char, replyBytes> reply{};
        JH_CHECK(recv(socket_, reply.data(), reply.size(), MSG_WAITALL) == replyBytes);
        return std::chrono::duration<double, std::micro>(WallClock::now() - start).count();
    }

private:
    int socket_;
};

double quantile(std::vector<double> values, double share) {
    const auto place = std::min(
        values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place),
                     values.end());
    return values[place];
}

double median(const std::vector<double>& values) {
    return quantile(values, 0.5);
}

void row(const std::string& what, const std::string& figure, const std::string& beside) {
    fmt::print("{:<44}{:>16}   {}\n", what, figure, beside);
}

/// Latencies of one client that asks again as soon as it has its answer.
std::vector<double> pollFor_us(const Client& client, std::chrono::milliseconds time) {
    std::vector<double> latencies_us;
    const auto end = WallClock::now() + time;
    while (WallClock::now() < end) latencies_us.push_back(client.transaction_us());
    return latencies_us;
}

void benchThroughput() {
    OurServer ours;
    BareServer bare;
    const Client toOurs{ours.port};
    const Client toBare{bare.port};
    std::vector<double> ratios;
    std::vector<double> ours_per_s;
    std::vector<double> bare_per_s;
    for (int round = 0; round < 11; ++round) {
        ours_per_s.push_back(static_cast<double>(pollFor_us(toOurs, 200ms).size()) / 0.2);
        bare_per_s.push_back(static_cast<double>(pollFor_us(toBare, 200ms).size()) / 0.2);
        ratios.push_back(ours_per_s.back() / bare_per_s.back());
    }
    row("transactions of one connection", fmt::format("{:.0f} /s", median(ours_per_s)),
        fmt::format("{:.2f} of bare libmodbus, {:.0f} /s (wanted: 0.9 or more)", median(ratios),
                    median(bare_per_s)));
}

/// So many connections, each asking with this period from a phase of its own; latencies from send
/// to receipt. One thread, so it may also be this client that is late with looking.
std::vector<double> pollMany_us(std::uint16_t port, std::size_t count,
                                std::chrono::nanoseconds period, std::chrono::nanoseconds time) {
    struct Asked {
        std::unique_ptr<Client> client;
        WallClock::time_point sent{};
        bool waiting{};
    };
    const int epoll = epoll_create1(0);
    std::vector<Asked> all(count);
    std::mt19937 phases{20260801};
    std::deque<std::pair<WallClock::duration, std::size_t>> due;  // from the start, in order
    for (std::size_t i = 0; i < count; ++i) {
        all[i].client = std::make_unique<Client>(port);
        epoll_event event{EPOLLIN, {.u64 = i}};
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].client->socket(), &event);
        due.emplace_back(period * (phases() % 10'000) / 10'000, i);
    }
    std::sort(due.begin(), due.end());
    std::vector<double> latencies_us;
    const auto start = WallClock::now();
    while (WallClock::now() - start < time) {
        while (start + due.front().first <= WallClock::now()) {
            const auto [when, i] = due.front();
            due.pop_front();
            due.emplace_back(when + period, i);
            if (all[i].waiting) continue;
            all[i].waiting = true;
            all[i].sent = WallClock::now();
            all[i].client->send(question);
        }
        std::array<epoll_event, 64> events{};
        const auto left =
            std::max<std::chrono::nanoseconds>(start + due.front().first - WallClock::now(), 0ns);
        const timespec wait{
            0, static_cast<long>(std::min<std::chrono::nanoseconds>(left, 10ms).count())};
        const int ready = epoll_pwait2(epoll, events.data(), 64, &wait, nullptr);
        for (int e = 0; e < ready; ++e) {
            Asked& asked = all[events[static_cast<std::size_t>(e)].data.u64];
            asked.client->drain();
            asked.waiting = false;
            latencies_us.push_back(
                std::chrono::duration<double, std::micro>(WallClock::now() - asked.sent).count());
        }
    }
    close(epoll);
    return latencies_us;
}

void benchThousand() {
    OurServer ours;
    std::vector<double> ratios;
    std::vector<double> many_us;
    std::vector<double> one_us;
    for (int round = 0; round < 7; ++round) {
        // The same ten thousand requests a second, from one connection and from a thousand.
        one_us.push_back(quantile(pollMany_us(ours.port, 1, 100us, 1s), 0.999));
        many_us.push_back(quantile(pollMany_us(ours.port, 1000, 100ms, 1s), 0.999));
        ratios.push_back(many_us.back() / one_us.back());
    }
    row("1000 connections at 10 Hz, p99.9", fmt::format("{:.0f} us", median(many_us)),
        fmt::format("{:.2f} times one connection's {:.0f} us (wanted: below 3)", median(ratios),
                    median(one_us)));
}

/// Slow, half, flooding and senseless clients, all in one thread that rests between its deeds.
struct Hostiles {
    std::atomic<bool> done{};
    std::thread thread;

    explicit Hostiles(std::uint16_t port) {
        thread = std::thread{[this, port] { annoy(port); }};
    }
    ~Hostiles() {
        done = true;
        thread.join();
    }
    Hostiles(const Hostiles&) = delete;
    Hostiles& operator=(const Hostiles&) = delete;

    void annoy(std::uint16_t port) const {
        std::deque<Client> slow;
        std::deque<Client> half;
        std::deque<Client> flooders;
        for (int i = 0; i < 50; ++i) slow.emplace_back(port);
        for (int i = 0; i < 50; ++i) half.emplace_back(port).send({0, 1, 0, 0, 0, 6, 1});
        for (int i = 0; i < 4; ++i) flooders.emplace_back(port);
        Bytes flood;
        for (int i = 0; i < 16; ++i) flood.insert(flood.end(), question.begin(), question.end());
        for (std::size_t round = 0; !done; ++round) {
            slow[round % slow.size()].send({question[round / slow.size() % question.size()]});
            for (const Client& flooder : flooders) {
                flooder.send(flood);
                flooder.drain();
            }
            Client{port}.send(Bytes(300, 0xFF));
            std::this_thread::sleep_for(10ms);
        }
    }
};

double p99Among_us(const Client& honest, std::uint16_t hostilesAt) {
    const Hostiles hostiles{hostilesAt};
    std::this_thread::sleep_for(50ms);
    return quantile(pollFor_us(honest, 1s), 0.99);
}

void benchHostile() {
    OurServer ours;
    OurServer another;
    const Client honest{ours.port};
    std::vector<double> ratios;
    std::vector<double> quiet_us;
    std::vector<double> elsewhere_us;
    std::vector<double> hostile_us;
    for (int round = 0; round < 7; ++round) {
        quiet_us.push_back(quantile(pollFor_us(honest, 1s), 0.99));
        // Hostile clients need processors too: what that alone costs when another server has them.
        elsewhere_us.push_back(p99Among_us(honest, another.port));
        hostile_us.push_back(p99Among_us(honest, ours.port));
        ratios.push_back(hostile_us.back() / quiet_us.back());
    }
    row("one client among hostile ones, p99", fmt::format("{:.0f} us", median(hostile_us)),
        fmt::format(
            "{:.2f} times the quiet {:.0f} us (wanted: below 2); {:.0f} us when they are at "
            "another server",
            median(ratios), median(quiet_us), median(elsewhere_us)));
}

}  // namespace
}  // namespace jh

int main() {
    // A thousand connections have two ends each.
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    jh::benchThroughput();
    jh::benchThousand();
    jh::benchHostile();
}
