// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/program/host_program.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

namespace jh {

namespace {

std::vector<std::uint8_t> fileAt(const std::string& path, std::string& problem) {
    std::vector<std::uint8_t> bytes;
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        problem = path + ": cannot be read";
        return bytes;
    }
    std::array<std::uint8_t, 4096> block{};
    for (ssize_t n = 0; (n = read(file, block.data(), block.size())) > 0;) {
        bytes.insert(bytes.end(), block.begin(), block.begin() + n);
    }
    close(file);
    return bytes;
}

std::unique_ptr<HostedBoard> hosted(const HostLines::Order& order, const MakeHosted& make,
                                    std::string& refusal) {
    std::string wrong;
    Board board = boardFromLines(order.board, wrong);
    if (!wrong.empty()) {
        refusal = "not a line of a board: " + wrong;
        return nullptr;
    }
    if (const auto problems = problemsOf(board); !problems.empty()) {
        refusal = problems.front().key + ": " + problems.front().text;
        return nullptr;
    }
    const auto bytes = fileAt(order.image, refusal);
    if (!refusal.empty()) return nullptr;
    // What is for this machine the system loads itself.
    FirmwareImage image = board.host == "native" ? symbolsOf(bytes) : readFirmware(bytes, wrong);
    std::unique_ptr<HostedBoard> made;
    if (wrong.empty()) made = make({std::move(board), std::move(image), order}, wrong);
    if (!wrong.empty()) refusal = order.image + ": " + wrong;
    return made;
}

/// An emulator or a firmware may print to the terminal: what goes to the bench takes another way.
int answersAlone() {
    const int answers = dup(STDOUT_FILENO);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
    return answers;
}

bool say(int to, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t n = write(to, text.data() + done, text.size() - done);
        if (n <= 0) return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

}  // namespace

int runHostProgram(std::string name, const MakeHosted& make) {
    const int answersTo = answersAlone();
    HostLines lines{std::move(name), [&](const HostLines::Order& order, std::string& refusal) {
                        return hosted(order, make, refusal);
                    }};
    std::string heard;
    std::array<char, 65536> block{};
    while (!lines.ended()) {
        const ssize_t n = read(STDIN_FILENO, block.data(), block.size());
        if (n <= 0) return 0;  // the bench is gone
        heard.append(block.data(), static_cast<std::size_t>(n));
        std::size_t begin = 0;
        std::string answers;
        for (std::size_t end = 0; (end = heard.find('\n', begin)) != std::string::npos;
             begin = end + 1) {
            answers += lines.answer(std::string_view{heard}.substr(begin, end - begin));
        }
        heard.erase(0, begin);
        if (!say(answersTo, answers)) return 0;
    }
    return 0;
}

}  // namespace jh
