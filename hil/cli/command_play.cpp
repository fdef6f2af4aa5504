// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/play_scene.h"
#include "hil/cli/scenario_bench.h"
#include "hil/scenario/load.h"
#include "hil/scenario/load_board.h"
#include "hil/scenario/load_scene.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

/// A button or bytes, and when.
struct Deed {
    SimTime at;
    std::string what;
    bool typed{};
};

/// "zero@5s".
std::optional<Deed> deedOf(const std::string& text, bool typed) {
    const auto at = text.rfind('@');
    if (at == std::string::npos || at == 0) return std::nullopt;
    const auto time = parseTime(text.substr(at + 1));
    if (!time) return std::nullopt;
    return Deed{*time, text.substr(0, at), typed};
}

/// \r, \n, \t, \\ and \x41 as in C.
std::string withoutEscapes(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        const char c = text[++i];
        unsigned value{};
        const char* begin = text.data() + i + 1;
        const char* end = text.data() + std::min(i + 3, text.size());
        if (c == 'x' && std::from_chars(begin, end, value, 16).ptr == begin + 2) {
            plain += static_cast<char>(value);
            i += 2;
        } else {
            plain += c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
    }
    return plain;
}

std::string shown(char byte) {
    if (byte == '\r') return "\\r";
    if (byte == '\n') return "\\n";
    if (byte == '\t') return "\\t";
    if (byte >= ' ' && byte <= '~') return {byte};
    return fmt::format("\\x{:02X}", static_cast<unsigned char>(byte));
}

/// What comes out of a board, in order of time, as lines for people.
class Transcript {
public:
    void event(const BoardEvent& event) {
        switch (event.kind) {
            case BoardEvent::Kind::byte:
                byte(event.at, static_cast<char>(event.value));
                break;
            case BoardEvent::Kind::lamp:
                add(event.at, "lamp", event.name + (event.value != 0 ? " on" : " off"));
                break;
            case BoardEvent::Kind::display:
                add(event.at, "shows", '"' + event.name + '"');
                break;
            case BoardEvent::Kind::notice:
                add(event.at, "notice", event.name);
                break;
            case BoardEvent::Kind::pin:
            case BoardEvent::Kind::lost:
                break;
        }
    }
    void add(SimTime at, const std::string& what, const std::string& text) {
        lines_.push_back({at, fmt::format("{:9.3f} s  {:<7} {}\n", seconds(at), what, text)});
    }
    /// Everything until then is in.
    void print(SimTime until) {
        if (!said_.empty() && last_ + pause <= until) endLine();
        std::stable_sort(lines_.begin(), lines_.end(),
                         [](const Line& a, const Line& b) { return a.at < b.at; });
        for (const Line& line : lines_) fmt::print("{}", line.text);
        std::fflush(stdout);
        lines_.clear();
    }
    void endLine() {
        if (!said_.empty()) add(since_, "sends", '"' + said_ + '"');
        said_.clear();
    }

private:
    static constexpr SimTime pause = 100ms;  ///< what comes after one is a line of its own
    struct Line {
        SimTime at;
        std::string text;
    };
    void byte(SimTime at, char byte) {
        constexpr std::size_t longest = 100;
        if (at - last_ > pause) endLine();
        if (said_.empty()) since_ = at;
        said_ += shown(byte);
        last_ = at;
        if (byte == '\n' || said_.size() >= longest) endLine();
    }

    std::vector<Line> lines_;
    std::string said_;
    SimTime since_{}, last_{};
};

struct PlayInput {
    Scene scene;
    Scenario scenario;
    SimTime span{};
    std::vector<Deed> deeds;
};

Expected<PlayInput, Diagnostics> readInput(const PlayArguments& arguments) {
    PlayInput input;
    Diagnostics problems;
    const auto wrong = [&problems](const std::string& option, const std::string& why) {
        problems.push_back({option, 0, 0, "", why, {}});
    };
    FirmwareModel firmware;
    takeOr(loadBoard(findDataFile(arguments.board)), firmware, problems);
    takeOr(loadScene(findDataFile(arguments.scene)), input.scene, problems);
    // How a firmware is set up and read; nobody reads it here.
    takeOr(loadScenario(findDataFile("verifications/100t-jjg539-initial.yaml")), input.scenario,
           problems);
    firmware.file = std::filesystem::absolute(arguments.program);
    firmware.image = arguments.program;
    if (!std::filesystem::is_regular_file(firmware.file)) {
        wrong(arguments.program, "there is no such program");
    }
    input.span = input.scene.duration;
    if (!arguments.span.empty()) {
        const auto span = parseTime(arguments.span);
        if (!span || *span <= SimTime{}) wrong("--for", "expected a time, like 30s");
        input.span = span.value_or(input.span);
    }
    const auto deed = [&](const std::string& option, const std::string& text, bool typed) {
        const auto read = deedOf(text, typed);
        if (!read) wrong(option, fmt::format("'{}': expected what and when, like zero@5s", text));
        if (read) input.deeds.push_back(*read);
    };
    for (const std::string& text : arguments.press) deed("--press", text, false);
    for (const std::string& text : arguments.type) deed("--type", text, true);
    for (const Deed& d : input.deeds) {
        const auto named = [&](const ButtonOnBoard& b) { return b.name == d.what; };
        const auto& buttons = firmware.board.buttons;
        if (d.typed || std::any_of(buttons.begin(), buttons.end(), named)) continue;
        std::vector<std::string> names;
        for (const ButtonOnBoard& b : buttons) names.push_back(b.name);
        problems.push_back({"--press", 0, 0, "", "the board has no button '" + d.what + "'",
                            nearestName(d.what, names)});
    }
    if (!problems.empty()) return Unexpected<Diagnostics>{problems};
    std::stable_sort(input.deeds.begin(), input.deeds.end(),
                     [](const Deed& a, const Deed& b) { return a.at < b.at; });
    input.scenario.scale = input.scene.scale;
    input.scenario.site = input.scene.site;
    input.scenario.faults = input.scene.faults;
    input.scenario.seed = input.scene.seed;
    input.scenario.firmware = firmware;
    return input;
}

void act(const Deed& deed, VirtualBench& bench, RemoteHost& remote) {
    constexpr SimTime pressed = 300ms;
    bench.advanceTo(std::max(deed.at, bench.now()));
    if (deed.typed) {
        const std::string bytes = withoutEscapes(deed.what);
        bench.say(std::vector<std::uint8_t>{bytes.begin(), bytes.end()});
        return;
    }
    remote.press(bench.now(), deed.what, true);
    bench.advanceTo(bench.now() + pressed);
    remote.press(bench.now(), deed.what, false);
}

}  // namespace

int playCommand(const PlayArguments& arguments) {
    const auto input = readInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    const auto made = setUpBench(input->scenario, {true, {}, arguments.vcd});
    if (!made) return complain(made.error().text);
    VirtualBench& bench = *(*made)->bench;
    RemoteHost& remote = *(*made)->remote;
    Transcript transcript;
    remote.onEvent = [&transcript, report = remote.onEvent](const BoardEvent& event) {
        report(event);
        transcript.event(event);
    };
    SceneAction scene{input->scene, bench.plant()};
    bench.beforeConversion = [&scene](SimTime end) { scene.moveUntil(end); };
    catchStopSignals();
    std::int64_t onDeck_kg = 0;
    auto deed = input->deeds.begin();
    while (bench.now() < input->span && !remote.lost() && !stopSignalled) {
        const SimTime next = std::min(bench.now() + 1s, input->span);
        for (; deed != input->deeds.end() && deed->at < next; ++deed) act(*deed, bench, remote);
        bench.advanceTo(std::max(next, bench.now()));
        static_cast<void>(remote.figures());  // so that all has come out until now
        const std::int64_t now_kg = std::llround(bench.plant().massOnDeck().si());
        if (now_kg != onDeck_kg) {
            transcript.add(bench.now(), "deck", fmt::format("{} kg on it", now_kg));
        }
        onDeck_kg = now_kg;
        transcript.print(bench.now());
    }
    transcript.endLine();
    transcript.print(bench.now());
    FirmwareReport& report = (*made)->emulated;
    if (!finishFirmware(remote, report)) return complain(arguments.vcd + ": cannot be written");
    fmt::print("{} of {} conversions read, {} bytes of EEPROM written\n", report.figures.taken,
               report.figures.converted, report.figures.nonvolatileWrites);
    if (stopSignalled) return exitInterrupted;
    return report.lost.empty() ? exitPass : complain("the firmware is lost: " + report.lost);
}

}  // namespace jh
