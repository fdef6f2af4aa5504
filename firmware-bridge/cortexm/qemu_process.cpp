// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/cortexm/qemu_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

namespace jh {

namespace {

/// Where the mailbox looks for its pipes (firmware-bridge/mailbox/jh_mailbox.c).
constexpr int firmwareReads = 3, firmwareWrites = 4;

/// Both ends of a pipe or a pair of sockets, closed unless taken. Their numbers are beyond those
/// that the child gives its own.
struct Pair {
    std::array<int, 2> ends{-1, -1};

    static Pair pipe() {
        Pair pair;
        if (::pipe2(pair.ends.data(), O_CLOEXEC) == 0) pair.moveUp();
        return pair;
    }
    static Pair sockets() {
        Pair pair;
        const int kind = SOCK_STREAM | SOCK_CLOEXEC;
        if (socketpair(AF_UNIX, kind, 0, pair.ends.data()) == 0) pair.moveUp();
        return pair;
    }
    Pair() = default;
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    Pair(Pair&& other) noexcept : ends{std::exchange(other.ends, {-1, -1})} {}
    Pair& operator=(Pair&&) = delete;
    ~Pair() {
        for (const int end : ends) {
            if (end >= 0) close(end);
        }
    }
    int take(std::size_t which) { return std::exchange(ends[which], -1); }

private:
    void moveUp() {
        constexpr int beyond = 10;
        for (int& end : ends) {
            const int moved = fcntl(end, F_DUPFD_CLOEXEC, beyond);
            close(end);
            end = moved;
        }
    }
};

std::vector<std::string> commandLine(const std::string& image) {
    return {"qemu-system-arm", "-machine", "mps2-an385", "-kernel", image, "-nodefaults",
            "-display", "none", "-monitor", "stdio",
            // Time is instructions, 32 ns each, and asleep it jumps: the same in every run.
            "-icount", "shift=5,sleep=off",
            // The mailbox. It would let a firmware start programs, too: not here.
            "-semihosting-config", "enable=on,target=native", "-sandbox", "on,spawn=deny"};
}

/// What is readable within this time; empty at the end or when there is nothing.
std::string readable(int descriptor, SimTime patience) {
    pollfd waiting{descriptor, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(patience / 1ms)) <= 0) return {};
    std::array<char, 4096> block{};
    const ssize_t n = ::read(descriptor, block.data(), block.size());
    return n > 0 ? std::string(block.data(), static_cast<std::size_t>(n)) : std::string{};
}

}  // namespace

std::optional<std::uint32_t> programCounterIn(std::string_view text) {
    constexpr std::string_view name{"R15="};
    constexpr std::size_t digits = 8;
    const auto at = text.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    text = text.substr(at + name.size(), digits);
    std::uint32_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() < digits || result.ptr != text.data() + digits) return std::nullopt;
    return value;
}

Expected<std::unique_ptr<QemuProcess>, std::string> QemuProcess::start(const std::string& image) {
    signal(SIGPIPE, SIG_IGN);
    Pair in = Pair::pipe(), out = Pair::pipe(), outcome = Pair::pipe(), monitor = Pair::sockets();
    // Its standard error: in memory, where it never has to wait for a reader.
    Pair errors;
    errors.ends[0] = memfd_create("qemu-errors", MFD_CLOEXEC);
    if (outcome.ends[1] < 0 || monitor.ends[1] < 0 || errors.ends[0] < 0) {
        return Unexpected<std::string>{std::string{"no pipes: "} + std::strerror(errno)};
    }
    std::vector<std::string> words = commandLine(image);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        // A firmware that hangs must not outlive us, even when we are killed.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        dup2(monitor.ends[1], STDIN_FILENO);
        dup2(monitor.ends[1], STDOUT_FILENO);
        dup2(errors.ends[0], STDERR_FILENO);
        dup2(in.ends[0], firmwareReads);
        dup2(out.ends[1], firmwareWrites);
        execvp(arguments[0], arguments.data());
        const int why = errno;
        const ssize_t told = ::write(outcome.ends[1], &why, sizeof why);
        _exit(told == sizeof why ? 1 : 2);
    }
    if (child < 0) return Unexpected<std::string>{std::string{"no child: "} + std::strerror(errno)};
    close(outcome.take(1));
    int why = 0;
    if (::read(outcome.ends[0], &why, sizeof why) == sizeof why) {
        waitpid(child, nullptr, 0);
        return Unexpected<std::string>{
            why == ENOENT
                ? "qemu-system-arm is not installed (Debian: apt-get install qemu-system-arm)"
                : std::string{"qemu-system-arm: "} + std::strerror(why)};
    }
    const Ends ends{out.take(0), in.take(1), errors.take(0), monitor.take(0)};
    return std::unique_ptr<QemuProcess>{new QemuProcess{ends, child}};
}

QemuProcess::~QemuProcess() {
    if (child_ > 0) {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    for (const int end : {ends_.in, ends_.out, ends_.errors, ends_.monitor}) close(end);
}

bool QemuProcess::write(const void* bytes, std::size_t count) {
    const auto* at = static_cast<const std::uint8_t*>(bytes);
    while (count > 0) {
        const ssize_t n = ::write(ends_.out, at, count);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        count -= static_cast<std::size_t>(n);
    }
    return true;
}

QemuProcess::Heard QemuProcess::read(void* bytes, std::size_t count, SimTime patience) {
    auto* to = static_cast<std::uint8_t*>(bytes);
    while (count > 0) {
        if (heardFrom_ == heardTo_) {
            pollfd waiting{ends_.in, POLLIN, 0};
            const int ready = poll(&waiting, 1, static_cast<int>(patience / 1ms));
            if (ready < 0 && errno == EINTR) continue;
            if (ready == 0) return Heard::nothing;
            const ssize_t n = ::read(ends_.in, heard_.data(), heard_.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return Heard::ended;
            heardFrom_ = 0;
            heardTo_ = static_cast<std::size_t>(n);
        }
        const std::size_t part = std::min(count, heardTo_ - heardFrom_);
        std::copy_n(heard_.begin() + static_cast<std::ptrdiff_t>(heardFrom_), part, to);
        heardFrom_ += part;
        to += part;
        count -= part;
    }
    return Heard::all;
}

std::optional<std::uint32_t> QemuProcess::stoppedAt() {
    constexpr std::string_view orders{"stop\ninfo registers\n"};
    constexpr SimTime patience = 10s;
    if (send(ends_.monitor, orders.data(), orders.size(), MSG_NOSIGNAL) < 0) return std::nullopt;
    std::string text;
    for (;;) {
        const std::string more = readable(ends_.monitor, patience);
        text += more;
        const auto found = programCounterIn(text);
        if (found || more.empty()) return found;
    }
}

int QemuProcess::signalOfEnd() {
    int status = 0;
    if (child_ > 0) waitpid(std::exchange(child_, -1), &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

std::string QemuProcess::lastWords() const {
    std::array<char, 4096> block{};
    const ssize_t n = pread(ends_.errors, block.data(), block.size(), 0);
    return n > 0 ? std::string(block.data(), static_cast<std::size_t>(n)) : std::string{};
}

}  // namespace jh
