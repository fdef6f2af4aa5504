// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>

#include "hil/cli/commands.h"
#include "hil/scenario/load.h"

namespace jh {

std::atomic<bool> stopSignalled{false};

void catchStopSignals() {
    // The second Ctrl-C ends the program at once, as people expect.
    struct sigaction action {};
    action.sa_handler = [](int) { stopSignalled = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

void print(const Diagnostics& diagnostics, std::string_view meaning) {
    for (const Diagnostic& d : diagnostics) fmt::print(stderr, "{}\n", d.text());
    fmt::print(stderr, "{} problem{}{}\n", diagnostics.size(), diagnostics.size() == 1 ? "" : "s",
               meaning);
}

std::string writeText(const std::filesystem::path& file, const std::string& text) {
    const bool toStdout = file.empty();
    std::FILE* out = toStdout ? stdout : std::fopen(file.c_str(), "wb");
    bool ok = out != nullptr && std::fwrite(text.data(), 1, text.size(), out) == text.size();
    if (out != nullptr) ok = (toStdout ? std::fflush(out) : std::fclose(out)) == 0 && ok;
    if (ok) return {};
    return fmt::format("{}: {}", toStdout ? "standard output" : file.string(),
                       std::strerror(errno));
}

int deliver(const std::filesystem::path& file, const std::string& text) {
    const std::string problem = writeText(file, text);
    return problem.empty() ? static_cast<int>(exitPass) : complain(problem);
}

int complain(const std::string& problem) {
    fmt::print(stderr, "jianheng: {}\n", problem);
    return exitDevice;
}

int worse(int a, int b) {
    static const std::map<int, int> rank{
        {exitPass, 0}, {exitFail, 1}, {exitInvalid, 2}, {exitDevice, 3}, {exitInterrupted, 4}};
    return rank.at(a) >= rank.at(b) ? a : b;
}

std::filesystem::path findDataFile(const std::string& name) {
    std::filesystem::path given{name};
    if (std::filesystem::exists(given) || given.is_absolute()) return given;
    std::filesystem::path shipped = dataFolder() / given;
    return std::filesystem::exists(shipped) ? shipped : given;
}

bool onPath(const std::string& program) {
    const char* path = std::getenv("PATH");
    std::istringstream folders{path != nullptr ? path : ""};
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (access((std::filesystem::path{folder} / program).c_str(), X_OK) == 0) return true;
    }
    return false;
}

ProgressLine::ProgressLine(bool wanted)
    : on_{wanted && isatty(STDERR_FILENO) == 1},
      start_{std::chrono::steady_clock::now()},
      last_{start_} {}

ProgressLine::~ProgressLine() {
    if (on_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(const std::string& name, SimTime simulated, const std::string& doing) {
    if (!on_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < 100ms) return;
    last_ = now;
    const double wall_s = std::chrono::duration<double>(now - start_).count();
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(simulated).count();
    fmt::print(stderr, "\r\033[K{}  {} h {:02} min  {}  {:.0f} x", name, minutes / 60, minutes % 60,
               doing, seconds(simulated) / wall_s);
    std::fflush(stderr);
}

JobProgress::JobProgress(bool wanted, std::size_t total)
    : wanted_{wanted}, terminal_{isatty(STDERR_FILENO) == 1}, total_{total} {}

JobProgress::~JobProgress() {
    if (wanted_ && terminal_) fmt::print(stderr, "\r\033[K");
}

void JobProgress::ended() {
    ++done_;
    const bool tenth = done_ * 10 / total_ != (done_ - 1) * 10 / total_;
    if (wanted_ && !terminal_ && tenth) fmt::print(stderr, "{}\n", text());
}

void JobProgress::show() const {
    if (!wanted_ || !terminal_) return;
    fmt::print(stderr, "\r\033[K{}", text());
    std::fflush(stderr);
}

std::string JobProgress::text() const {
    std::string line = fmt::format("{}/{}", done_, total_);
    if (done_ == 0) return line;
    const double past_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const auto left_s = static_cast<long>(past_s / static_cast<double>(done_) *
                                          static_cast<double>(total_ - done_));
    return line + fmt::format("  {} h {:02} min {:02} s left", left_s / 3600, left_s / 60 % 60,
                              left_s % 60);
}

}  // namespace jh
