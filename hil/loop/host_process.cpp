// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/host_process.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "sim/base/check.h"

namespace jh {

Expected<std::unique_ptr<HostProcess>, std::string> HostProcess::start(
    const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    std::array<int, 2> sockets{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        return Unexpected<std::string>{std::string{"no socket: "} + std::strerror(errno)};
    }
    FileDescriptor near{sockets[0]};
    const FileDescriptor far{sockets[1]};
    std::vector<std::string> texts{program.string()};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);

    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDOUT_FILENO);
    pid_t child = 0;
    const int failed =
        posix_spawn(&child, program.c_str(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return Unexpected<std::string>{program.string() + ": " + std::strerror(failed)};
    }
    return std::unique_ptr<HostProcess>{
        new HostProcess{program.filename().string(), std::move(near), child}};
}

HostProcess::~HostProcess() {
    if (child_ <= 0) return;
    near_ = FileDescriptor{};  // it ends when nobody speaks any more, and may write what it counted
    constexpr int looks = 500, pause_us = 10'000;
    for (int look = 0; look < looks; ++look) {
        if (waitpid(child_, nullptr, WNOHANG) != 0) return;
        usleep(pause_us);
    }
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

std::string HostProcess::ending() {
    if (child_ <= 0) return name_ + " has ended";
    int status = 0;
    const pid_t ended = waitpid(child_, &status, 0);
    child_ = -1;
    if (ended < 0) return name_ + " has ended";
    if (WIFSIGNALED(status)) {
        return name_ + " was ended by signal " + std::to_string(WTERMSIG(status)) + ", " +
               strsignal(WTERMSIG(status));
    }
    return name_ + " ended with exit code " + std::to_string(WEXITSTATUS(status));
}

Expected<void, std::string> HostProcess::send(std::string_view lines) {
    while (!lines.empty()) {
        const ssize_t n = ::send(near_.number(), lines.data(), lines.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return Unexpected<std::string>{ending()};
        lines.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Expected<std::string, std::string> HostProcess::receive() {
    while (true) {
        const auto end = heard_.find('\n', taken_);
        if (end != std::string::npos) {
            std::string line = heard_.substr(taken_, end - taken_);
            taken_ = end + 1;
            return line;
        }
        heard_.erase(0, std::exchange(taken_, 0));
        pollfd waiting{near_.number(), POLLIN, 0};
        const SimTime wait = givenUp_ ? SimTime{100ms} : patience;
        const int ready = poll(&waiting, 1, static_cast<int>(wait / 1ms));
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0 && givenUp_) {
            if (givenUp_()) return Unexpected<std::string>{name_ + " is no longer waited for"};
            continue;
        }
        if (ready == 0) {
            return Unexpected<std::string>{name_ + " says nothing for " +
                                           std::to_string(patience / 1s) + " s"};
        }
        std::array<char, 65536> block{};
        const ssize_t n = read(near_.number(), block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return Unexpected<std::string>{ending()};
        heard_.append(block.data(), static_cast<std::size_t>(n));
    }
}

std::filesystem::path besideThisProgram(const std::string& name) {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return self.parent_path() / name;
}

}  // namespace jh
