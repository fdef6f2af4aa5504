// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/print_pdf.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "hil/cli/console.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

constexpr const char* printer = "weasyprint";

/// Runs a program of the path and waits for it; its exit code, 127 when it could not be started.
int runProgram(const std::vector<std::string>& command,
               const std::vector<std::string>& environment) {
    const auto pointers = [](const std::vector<std::string>& texts) {
        std::vector<char*> list;
        for (const std::string& text : texts) list.push_back(const_cast<char*>(text.c_str()));
        list.push_back(nullptr);
        return list;
    };
    const std::vector<char*> arguments = pointers(command), variables = pointers(environment);
    pid_t child = 0;
    constexpr int notStarted = 127;
    if (posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), variables.data()) !=
        0)
        return notStarted;
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return notStarted;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : notStarted;
}

/// The environment with the time that goes into a file taken out of the world's.
std::vector<std::string> timelessEnvironment() {
    std::vector<std::string> variables{"SOURCE_DATE_EPOCH=0"};
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (!std::string_view{*variable}.starts_with("SOURCE_DATE_EPOCH="))
            variables.emplace_back(*variable);
    }
    return variables;
}

}  // namespace

std::string pdfProblem() {
    if (onPath(printer)) return {};
    return "PDF is printed by WeasyPrint, which is not here: apt-get install weasyprint "
           "fonts-noto-cjk; or print the HTML report from a browser";
}

std::string printPdf(const std::string& html, const fs::path& file) {
    if (auto problem = pdfProblem(); !problem.empty()) return problem;
    const fs::path page = file.string() + ".part.html", part = file.string() + ".part";
    if (auto problem = writeText(page, html); !problem.empty()) return problem;
    const int code =
        runProgram({printer, "--quiet", "--encoding", "utf-8", page, part}, timelessEnvironment());
    std::error_code failed;
    fs::remove(page, failed);
    if (code == 0) {
        fs::rename(part, file, failed);
        return failed ? file.string() + ": " + failed.message() : std::string{};
    }
    fs::remove(part, failed);
    return fmt::format("{}: {} ended with {}", file.string(), printer, code);
}

}  // namespace jh
