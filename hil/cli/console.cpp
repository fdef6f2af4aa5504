// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

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

void print(const Diagnostics& diagnostics) {
    for (const Diagnostic& d : diagnostics) fmt::print(stderr, "{}\n", d.text());
    fmt::print(stderr, "{} problem{}; nothing was started\n", diagnostics.size(),
               diagnostics.size() == 1 ? "" : "s");
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
    if (!problem.empty()) fmt::print(stderr, "jianheng: {}\n", problem);
    return problem.empty() ? exitPass : exitDevice;
}

std::filesystem::path findDataFile(const std::string& name) {
    std::filesystem::path given{name};
    if (std::filesystem::exists(given) || given.is_absolute()) return given;
    std::filesystem::path shipped = dataFolder() / given;
    return std::filesystem::exists(shipped) ? shipped : given;
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

}  // namespace jh
