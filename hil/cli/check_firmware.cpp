// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/check_firmware.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "firmware-bridge/host/remote_host.h"
#include "firmware-bridge/image/firmware_image.h"
#include "hil/cli/firmware_findings.h"
#include "hil/loop/host_process.h"
#include "hil/scenario/load_board.h"

namespace jh {

namespace {

/// Long enough for a firmware to come up and for the host to notice what it does not do.
constexpr SimTime trialTime = 8s;

std::vector<std::uint8_t> bytesOf(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// A scale that is loaded half way, of a quarter of the converter's range, with some noise.
std::int64_t plausibleCode(int i, int count) {
    constexpr std::int64_t zero = 150'000, load = 2'000'000, noise = 40;
    const std::int64_t loaded = std::min<std::int64_t>(load, load * 4 * i / count);
    return zero + loaded + std::int64_t{i} * 37 % noise;
}

Expected<FirmwareTrial, std::string> tryOut(const Board& board,
                                            const std::filesystem::path& program) {
    auto process = HostProcess::start(besideThisProgram("jianheng-" + board.host));
    if (!process) return Unexpected<std::string>{process.error()};
    RemoteFirmware firmware{linesOf(board), program.string(), {}, {}, true};
    auto host = RemoteHost::start(std::move(*process), firmware);
    if (!host) return Unexpected<std::string>{host.error()};
    FirmwareTrial trial;
    (*host)->onEvent = [&](const BoardEvent& event) {
        if (event.kind == BoardEvent::Kind::notice) trial.notices.push_back(event.name);
        if (event.kind == BoardEvent::Kind::lost) trial.lost = event.name;
    };
    constexpr int defaultRate_Hz = 10;
    const int rate_Hz = board.converter ? board.converter->rate_Hz : defaultRate_Hz;
    const int count = rate_Hz * static_cast<int>(trialTime / 1s);
    for (int i = 1; i <= count; ++i) {
        (*host)->conversion(i * (SimTime{1s} / rate_Hz), plausibleCode(i, count));
    }
    trial.where = (*host)->whereabouts();
    trial.figures = (*host)->figures();
    trial.seen = (*host)->survey();
    if ((*host)->lost() && trial.lost.empty()) return Unexpected<std::string>{*(*host)->lost()};
    return trial;
}

}  // namespace

bool isProgram(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    const int first = in.get();
    return first == ':' || first == '\177';
}

Diagnostics checkFirmware(const std::filesystem::path& board,
                          const std::filesystem::path& program) {
    const auto loaded = loadBoard(board);
    if (!loaded) return loaded.error();
    const auto wrong = [&](const std::string& what) {
        return Diagnostics{{program.string(), 0, 0, "", what, ""}};
    };
    std::string problem;
    const FirmwareImage image = readFirmware(bytesOf(program), problem);
    if (!problem.empty()) return wrong(problem);
    if (const std::string other = otherChip(image, loaded->board.mcu); !other.empty()) {
        return wrong(other);
    }
    if (image.machine == FirmwareImage::Machine::unknown) {
        fmt::print("{}: a HEX file does not tell for which chip it was built; taken for {}\n",
                   program.string(), loaded->board.mcu);
    }
    const auto trial = tryOut(loaded->board, std::filesystem::absolute(program));
    if (!trial) return wrong(trial.error());
    Diagnostics problems;
    for (const FirmwareFinding& finding : findingsOf(loaded->board, *trial)) {
        if (finding.problem) {
            const auto& file = finding.key.empty() ? program : board;
            problems.push_back({file.string(), 0, 0, finding.key, finding.text, ""});
        } else {
            fmt::print("{}: {}\n", program.string(), finding.text);
        }
    }
    return problems;
}

}  // namespace jh
