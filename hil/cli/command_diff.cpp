// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/compare_firmware.h"
#include "hil/cli/console.h"
#include "hil/cli/run_scenario.h"
#include "hil/cli/start_firmware.h"
#include "hil/report/markup.h"
#include "hil/report/plot_svg.h"
#include "hil/report/read_record.h"
#include "hil/report/text_table.h"
#include "hil/scenario/load.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

struct DiffReport {
    std::string first, second, scenario;
    std::vector<FirmwareDifference> differences;
    FirmwareTrace trace;
    std::string lost;  ///< why one of them could not go on
    int compared{};    ///< replies, or measurements of records

    const FirmwareDifference* firstLegal() const {
        const auto found = std::find_if(differences.begin(), differences.end(),
                                        [](const auto& d) { return d.legal; });
        return found == differences.end() ? nullptr : &*found;
    }
};

/// The scenario with another program on its board.
Expected<Scenario, Diagnostics> withProgram(const DiffArguments& arguments,
                                            const std::string& program, const fs::path& folder) {
    std::string board = arguments.board;
    const bool native = fs::path{program}.extension() == ".so";
    if (board.empty() && native) board = "boards/reference-native.yaml";
    const fs::path text = folder / (fs::path{program}.stem().string() + ".yaml");
    const std::string onBoard =
        board.empty() ? "" : fmt::format("board: {}, ", fs::absolute(findDataFile(board)).string());
    const std::string problem = writeWhole(
        text,
        fmt::format("jianheng: scenario\nextends: {}\nfirmware: {{{}image: {}, memory: {}}}\n",
                    fs::absolute(findDataFile(arguments.scenario)).string(), onBoard,
                    fs::absolute(program).string(), arguments.memory));
    if (!problem.empty()) {
        return Unexpected<Diagnostics>{Diagnostics{{problem, 0, 0, "", problem, ""}}};
    }
    return loadScenario(text);
}

/// Both firmwares on one bench; nothing when something is wrong, which has been said.
std::optional<DiffReport> runBoth(const DiffArguments& arguments, const Scenario& first,
                                  const Scenario& second) {
    DiffReport report;
    FirmwareReport ofSecond;
    auto other = startFirmware(second, ofSecond, {});
    if (!other) {
        complain(other.error());
        return std::nullopt;
    }
    // The bench owns the twin; what it has heard is taken before the bench goes.
    std::vector<TwinExchange> exchanges;
    SimTime byteTime{};
    TwinHost* twin = nullptr;
    RunOptions options;
    catchStopSignals();
    options.stop = &stopSignalled;
    options.wrapFirmware = [&](std::unique_ptr<FirmwareHost> firmware) {
        auto made = std::make_unique<TwinHost>(std::move(firmware), std::move(*other));
        twin = made.get();
        byteTime = made->byteTime();
        return made;
    };
    options.beforeEnd = [&] {
        exchanges = twin->exchanges();
        report.lost = twin->secondLost().value_or("");
    };
    ProgressLine progress{!arguments.quiet};
    options.onProgress = [&](SimTime t, const std::string& doing) {
        progress.show(first.name, t, doing);
    };
    const RunOutcome outcome = runScenario(first, options);
    if (exchanges.empty()) {
        complain(outcome.result.cause.empty() ? outcome.problem : outcome.result.cause);
        return std::nullopt;
    }
    report.compared = static_cast<int>(exchanges.size());
    report.differences =
        compareReplies(exchanges, first.indicator, byteTime, outcome.result, report.trace);
    return report;
}

std::optional<StoredRecord> recordAt(const std::string& file) {
    const auto text = readWhole(file);
    if (!text) {
        complain(text.error());
        return std::nullopt;
    }
    auto record = readRecord(*text, file);
    if (!record) {
        print(record.error());
        return std::nullopt;
    }
    return std::move(*record);
}

/// Measurement by measurement, as far as both have them.
DiffReport compareRecords(const StoredRecord& first, const StoredRecord& second) {
    DiffReport report;
    const MassUnit unit = first.scenario.scale.unit;
    const auto add = [&](SimTime at, const std::string& what, const std::string& a,
                         const std::string& b, bool legal, const std::string& doing) {
        if (a != b) report.differences.push_back({at, at, what, a, b, legal, 1, doing});
    };
    const auto text = [&](const std::optional<ExactMass>& mass) {
        return mass ? mass->text(unit, 3) : std::string{"none"};
    };
    for (const TestResult& test : first.result.tests) {
        const auto same =
            std::find_if(second.result.tests.begin(), second.result.tests.end(),
                         [&](const TestResult& other) { return other.rule.id == test.rule.id; });
        if (same == second.result.tests.end()) {
            add({}, "test " + test.rule.id, "done", "missing", true, "");
            continue;
        }
        add({}, "verdict of " + test.rule.id, word(test.verdict), word(same->verdict), true, "");
        const std::size_t both = std::min(test.measurements.size(), same->measurements.size());
        for (std::size_t i = 0; i < both; ++i) {
            const Measurement &a = test.measurements[i], &b = same->measurements[i];
            const std::string where = fmt::format("test {}, measurement {}", test.rule.id, i + 1);
            ++report.compared;
            add(a.at, fmt::format("{} {} {}", test.rule.id, i + 1, a.detail), text(a.value),
                text(b.value), true, where);
            add(a.at, fmt::format("{} {} {} found", test.rule.id, i + 1, a.detail), a.found,
                b.found, true, where);
            if (!a.value || !b.value) continue;
            report.trace.at_s.push_back(seconds(a.at));
            report.trace.first_kg.push_back(a.value->mass().si());
            report.trace.second_kg.push_back(b.value->mass().si());
        }
        add({}, "measurements of " + test.rule.id, std::to_string(test.measurements.size()),
            std::to_string(same->measurements.size()), true, "");
    }
    std::stable_sort(report.differences.begin(), report.differences.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return report;
}

std::string lineOf(const FirmwareDifference& d) {
    std::string text = fmt::format("{:>10.1f} s  {} {}: {} | {}", seconds(d.at),
                                   d.legal ? "●" : "·", d.what, d.first, d.second);
    if (d.times > 1) text += fmt::format("  ({} times, until {:.1f} s)", d.times, seconds(d.until));
    return text;
}

std::string textOf(const DiffReport& report) {
    std::string out = fmt::format("{} | {}\n", report.first, report.second);
    if (!report.scenario.empty()) out += report.scenario + "\n";
    out += "\n";
    for (const FirmwareDifference& d : report.differences) out += lineOf(d) + "\n";
    if (!report.lost.empty()) out += "the second one is lost: " + report.lost + "\n";
    const FirmwareDifference* legal = report.firstLegal();
    if (report.differences.empty() && report.lost.empty()) {
        return out + fmt::format("no difference in {} replies or measurements\n", report.compared);
    }
    const FirmwareDifference* first = report.differences.empty() ? nullptr : &report.differences[0];
    out += "\n";
    if (first != nullptr) {
        out += fmt::format("first difference: {} at {:.1f} s{}{}\n", first->what,
                           seconds(first->at), first->doing.empty() ? "" : "; ", first->doing);
    }
    out += legal == nullptr
               ? "legally relevant: none\n"
               : fmt::format("first legally relevant: {} ({} | {}) at {:.1f} s{}{}\n", legal->what,
                             legal->first, legal->second, seconds(legal->at),
                             legal->doing.empty() ? "" : "; ", legal->doing);
    return out;
}

std::string jsonOf(const DiffReport& report) {
    nlohmann::ordered_json json;
    json["format"] = "jianheng diff 1";
    json["first"] = report.first;
    json["second"] = report.second;
    json["scenario"] = report.scenario;
    json["compared"] = report.compared;
    json["differences"] = nlohmann::ordered_json::array();
    for (const FirmwareDifference& d : report.differences) {
        json["differences"].push_back({{"at_s", seconds(d.at)},
                                       {"until_s", seconds(d.until)},
                                       {"what", d.what},
                                       {"first", d.first},
                                       {"second", d.second},
                                       {"times", d.times},
                                       {"legally_relevant", d.legal},
                                       {"doing", d.doing}});
    }
    if (const FirmwareDifference* legal = report.firstLegal()) {
        json["first_legally_relevant"] = legal->what;
    }
    if (!report.lost.empty()) json["second_lost"] = report.lost;
    return json.dump(1) + "\n";
}

std::string htmlOf(const DiffReport& report) {
    std::vector<double> apart(report.trace.at_s.size());
    for (std::size_t i = 0; i < apart.size(); ++i) {
        apart[i] = report.trace.second_kg[i] - report.trace.first_kg[i];
    }
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0} | {1}</title>"
        "<style>\nbody{{font:14px/1.4 sans-serif;margin:2em;color:#222;max-width:70em}}\n"
        "table{{border-collapse:collapse}} th,td{{border:1px solid #ccc;padding:3px 8px;"
        "text-align:left}} tr.legal td{{background:#f9e3df}} svg{{max-width:100%;height:auto}}\n"
        "</style></head><body>\n<h1>A: {0}<br>B: {1}</h1>\n<pre>{2}</pre>\n",
        escaped(fs::path{report.first}.filename().string()),
        escaped(fs::path{report.second}.filename().string()), escaped(textOf(report)));
    if (report.trace.at_s.size() > 1) {
        out +=
            svgText({"Gross value of both",
                     "time, s",
                     "gross, kg",
                     report.trace.at_s,
                     {{"A", report.trace.first_kg, true, false}, {"B", report.trace.second_kg}}});
        out += svgText({"B less A",
                        "time, s",
                        "difference, kg",
                        report.trace.at_s,
                        {{"B - A", apart, true, true}}});
    }
    return out + "</body></html>\n";
}

}  // namespace

int diffCommand(const DiffArguments& arguments) {
    const auto isRecord = [](const std::string& file) {
        return fs::path{file}.extension() == ".json";
    };
    DiffReport report;
    if (isRecord(arguments.first) && isRecord(arguments.second)) {
        const auto first = recordAt(arguments.first), second = recordAt(arguments.second);
        if (!first || !second) return exitBadInput;
        report = compareRecords(*first, *second);
    } else {
        const fs::path folder =
            fs::temp_directory_path() / fmt::format("jianheng-diff-{}", getpid());
        auto first = withProgram(arguments, arguments.first, folder);
        auto second = withProgram(arguments, arguments.second, folder);
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        Diagnostics wrong;
        if (!first) wrong = first.error();
        if (!second) wrong.insert(wrong.end(), second.error().begin(), second.error().end());
        if (!wrong.empty()) {
            print(wrong);
            return exitBadInput;
        }
        auto both = runBoth(arguments, *first, *second);
        if (!both) return stopSignalled ? exitInterrupted : exitDevice;
        report = std::move(*both);
        report.scenario = arguments.scenario;
    }
    report.first = arguments.first;
    report.second = arguments.second;
    const bool jsonToStdout = arguments.json && arguments.json->empty();
    if (!jsonToStdout) fmt::print("{}", textOf(report));
    int code = exitPass;
    if (arguments.json) code = worse(code, deliver(*arguments.json, jsonOf(report)));
    if (!arguments.html.empty()) code = worse(code, deliver(arguments.html, htmlOf(report)));
    if (code != exitPass) return code;
    return report.firstLegal() != nullptr || !report.lost.empty() ? exitFail : exitPass;
}

}  // namespace jh
