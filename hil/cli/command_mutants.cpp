// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/examine_firmware.h"
#include "hil/cli/study.h"
#include "hil/mutants/mutants_file.h"
#include "hil/report/markup.h"
#include "hil/report/version.h"
#include "hil/scenario/load.h"
#include "hil/suite/jobs.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// Before the name of a scenario whose firmware is examined, not verified.
constexpr std::string_view examination = "examine ";

struct MutantRow {
    const Mutant* mutant{};
    std::map<std::string, std::vector<std::string>> by;  ///< examination: what noticed it there
    bool caught() const { return !by.empty(); }
};

struct Outcome {
    std::string title;
    std::vector<std::string> examinations;
    std::vector<MutantRow> rows;
    int healthy{};                         ///< runs of the unchanged firmware
    std::vector<std::string> falseAlarms;  ///< those it did not pass, with what said so
    int caught() const {
        return static_cast<int>(
            std::count_if(rows.begin(), rows.end(), [](const auto& r) { return r.caught(); }));
    }
};

/// What noticed something in a run; nothing when all was as it should be.
std::vector<std::string> noticedBy(const CaseResult& result) {
    std::vector<std::string> by = result.notices;
    if (result.asExpected) return by;
    by.insert(by.end(), result.failing.begin(), result.failing.end());
    if (result.failing.empty() || result.verdict == Verdict::error) {
        by.push_back(result.cause.empty() ? word(result.verdict) : result.cause);
    }
    return by;
}

CaseResult examined(const Scenario& scenario, std::uint64_t seed) {
    constexpr int powerFails = 20;
    const ConformReport report = examineFirmware(scenario, {powerFails, seed, {}});
    CaseResult result;
    std::set<std::string> sections;
    for (const ConformLine& line : report.lines) {
        if (line.verdict != ConformVerdict::differs) continue;
        sections.insert(line.section + ": " + line.tried);
    }
    result.failing.assign(sections.begin(), sections.end());
    result.cause = report.lost;
    result.asExpected = sections.empty() && report.lost.empty();
    result.verdict = !report.lost.empty() ? Verdict::error
                     : sections.empty()   ? Verdict::pass
                                          : Verdict::fail;
    return result;
}

/// The scenario with this object as its firmware.
Expected<Scenario, Diagnostics> withFirmware(const MutantsFile& file, const std::string& scenario,
                                             const fs::path& object, const fs::path& folder) {
    const fs::path text = folder / "scenarios" / (object.stem().string() + ".yaml");
    const fs::path board = findDataFile(file.board);
    const std::string problem = writeWhole(
        text, fmt::format("jianheng: scenario\nextends: {}\nfirmware: {{board: {}, image: {}, "
                          "memory: works}}\n",
                          fs::absolute(findDataFile(scenario)).string(),
                          fs::absolute(board).string(), object.string()));
    if (!problem.empty()) {
        return Unexpected<Diagnostics>{Diagnostics{{problem, 0, 0, "", problem, ""}}};
    }
    return loadScenario(text);
}

/// Several at a time; what does not compile is told by whoever asks again. False when stopped.
bool compileAll(std::size_t count, const MutantsArguments& arguments,
                const std::function<bool(std::size_t)>& build) {
    JobProgress progress{!arguments.quiet, count};
    std::vector<std::size_t> rows(count);
    std::iota(rows.begin(), rows.end(), std::size_t{});
    JobCalls calls;
    calls.work = [&](std::size_t row) { return build(row) ? exitPass : exitFail; };
    calls.onEnd = [&](const JobEnd&) {
        progress.ended();
        return true;
    };
    calls.onTick = [&] { progress.show(); };
    return runJobs(rows, atOnce(arguments.jobs), calls);
}

std::string listed(const std::vector<std::string>& words) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) {
        text += (i == 0 ? "" : "; ") + words[i];
    }
    if (words.size() > most) text += fmt::format("; and {} more", words.size() - most);
    return text;
}

std::string textOf(const Outcome& outcome) {
    std::string out = outcome.title + "\n\n";
    std::size_t width = 0;
    for (const MutantRow& row : outcome.rows) width = std::max(width, row.mutant->id.size());
    for (const MutantRow& row : outcome.rows) {
        out += fmt::format("{} {:<{}}  {}\n", row.caught() ? "●" : "·", row.mutant->id, width,
                           row.mutant->defect);
        for (const auto& [where, by] : row.by) {
            out += fmt::format("  {:<{}}    {}: {}\n", "", width, where, listed(by));
        }
        if (row.caught()) continue;
        out += fmt::format("  {:<{}}    not noticed: {}\n", "", width,
                           row.mutant->whyNot.empty() ? "NO REASON IS GIVEN" : row.mutant->whyNot);
    }
    out += fmt::format(
        "\n{} of {} defects noticed ({:.1f} %); {} of {} runs of the unchanged "
        "firmware raised an alarm\n",
        outcome.caught(), outcome.rows.size(),
        outcome.rows.empty() ? 0.0
                             : 100.0 * outcome.caught() / static_cast<double>(outcome.rows.size()),
        outcome.falseAlarms.size(), outcome.healthy);
    for (const std::string& alarm : outcome.falseAlarms) out += "  " + alarm + "\n";
    return out;
}

std::string jsonOf(const Outcome& outcome) {
    nlohmann::ordered_json json;
    json["format"] = "jianheng mutants 1";
    json["program"] = {{"version", programVersion()}, {"commit", programCommit()}};
    json["title"] = outcome.title;
    json["examinations"] = outcome.examinations;
    json["caught"] = outcome.caught();
    json["of"] = outcome.rows.size();
    for (const MutantRow& row : outcome.rows) {
        nlohmann::ordered_json one{{"id", row.mutant->id},
                                   {"kind", row.mutant->kind},
                                   {"defect", row.mutant->defect},
                                   {"caught", row.caught()},
                                   {"by", row.by}};
        if (!row.mutant->whyNot.empty()) one["why_not"] = row.mutant->whyNot;
        json["mutants"].push_back(std::move(one));
    }
    json["healthy_runs"] = outcome.healthy;
    json["false_alarms"] = outcome.falseAlarms;
    return json.dump(1) + "\n";
}

/// One row for a defect, one column for an examination.
std::string htmlOf(const Outcome& outcome, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>"
        "<style>\nbody{{font:14px/1.4 'Noto Sans CJK SC',sans-serif;margin:2em;color:#222}}\n"
        "table{{border-collapse:collapse}} th,td{{border:1px solid #ccc;padding:3px 8px;"
        "vertical-align:top;text-align:left}}\nth{{font-weight:600;background:#f2f2f2}} "
        "td.by{{background:#dfeedd;max-width:22em}} tr.missed td{{background:#f9e3df}}\n"
        ".score{{font-size:1.3em}}\n</style></head><body>\n<h1>{}</h1>\n"
        "<p class=\"score\">{} / {} {}; {} / {} {}</p>\n<table><thead><tr><th>{}</th><th>{}</th>",
        language == Language::zh ? "zh" : "en", escaped(outcome.title), escaped(outcome.title),
        outcome.caught(), outcome.rows.size(), say("defects noticed"), outcome.falseAlarms.size(),
        outcome.healthy, say("false alarms"), say("kind"), say("defect"));
    for (const std::string& name : outcome.examinations) {
        out += fmt::format("<th>{}</th>", escaped(fs::path{name}.stem().string()));
    }
    out += "</tr></thead><tbody>\n";
    for (const MutantRow& row : outcome.rows) {
        out += fmt::format("<tr{}><td>{}</td><td><b>{}</b><br>{}{}</td>",
                           row.caught() ? "" : " class=\"missed\"", escaped(row.mutant->kind),
                           escaped(row.mutant->id), escaped(row.mutant->defect),
                           row.caught() ? "" : "<br><i>" + escaped(row.mutant->whyNot) + "</i>");
        for (const std::string& name : outcome.examinations) {
            const auto by = row.by.find(name);
            out += by == row.by.end()
                       ? std::string{"<td></td>"}
                       : fmt::format("<td class=\"by\">{}</td>", escaped(listed(by->second)));
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n</body></html>\n";
}

}  // namespace

int mutantsCommand(const MutantsArguments& arguments) {
    const fs::path path =
        arguments.file.empty()
            ? dataFolder() / ".." / "firmware-bridge/reference/mutants" / "reference.yaml"
            : fs::path{arguments.file};
    const fs::path folder = arguments.out;
    const auto file = loadMutants(path);
    if (!file) {
        print(file.error());
        return exitBadInput;
    }
    Outcome outcome;
    outcome.title = file->title;
    outcome.examinations = file->scenarios;
    for (const std::string& name : file->examined) {
        outcome.examinations.push_back(std::string{examination} + name);
    }
    for (const Mutant& mutant : file->mutants) {
        const auto& only = arguments.only;
        if (!only.empty() && std::count(only.begin(), only.end(), mutant.id) == 0) continue;
        outcome.rows.push_back({&mutant, {}});
    }
    for (const std::string& id : arguments.only) {
        if (std::none_of(outcome.rows.begin(), outcome.rows.end(),
                         [&](const MutantRow& row) { return row.mutant->id == id; })) {
            fmt::print(stderr, "jianheng: there is no mutant '{}'\n", id);
            return exitBadInput;
        }
    }

    const auto mutantOf = [&](std::size_t row) {
        return row == 0 ? nullptr : outcome.rows[row - 1].mutant;
    };
    if (!compileAll(outcome.rows.size() + 1, arguments, [&](std::size_t row) {
            return buildMutant(*file, mutantOf(row), folder / "programs").has_value();
        })) {
        return exitInterrupted;
    }
    if (arguments.buildOnly) return exitPass;

    // One scenario of each examination and firmware; the unchanged one comes first.
    std::vector<StudyCase> cases;
    std::vector<Scenario> scenarios;
    std::vector<std::pair<std::size_t, std::string>> what;  ///< row + 1 and examination
    for (std::size_t row = 0; row <= outcome.rows.size(); ++row) {
        const Mutant* mutant = mutantOf(row);
        const auto object = buildMutant(*file, mutant, folder / "programs");
        if (!object) return complain(object.error());
        for (const std::string& name : outcome.examinations) {
            const bool bench = name.rfind(examination, 0) == 0;
            auto scenario = withFirmware(*file, bench ? name.substr(examination.size()) : name,
                                         *object, folder);
            if (!scenario) {
                print(scenario.error());
                return exitBadInput;
            }
            const int seeds = row == 0 ? arguments.seeds : 1;
            for (int i = 0; i < seeds; ++i) {
                const std::uint64_t seed = scenario->seed + static_cast<std::uint64_t>(i);
                scenarios.push_back(withSeed(*scenario, seed));
                what.emplace_back(row, name);
                StudyCase one;
                one.name =
                    fmt::format("{}-{}{}-{}", mutant == nullptr ? "unchanged" : mutant->id,
                                bench ? "examined-" : "", fs::path{name}.stem().string(), seed);
                one.scenario = [&scenarios, at = scenarios.size() - 1] { return scenarios[at]; };
                if (bench) one.examine = [seed](const Scenario& s) { return examined(s, seed); };
                cases.push_back(std::move(one));
            }
        }
    }
    const auto results = runStudy(folder / "cases", cases, arguments.jobs, arguments.quiet);
    if (!results) return stopSignalled ? exitInterrupted : exitDevice;
    for (std::size_t i = 0; i < results->size(); ++i) {
        const auto& [row, name] = what[i];
        std::vector<std::string> by = noticedBy((*results)[i]);
        if (row == 0) {
            ++outcome.healthy;
            if (!by.empty()) outcome.falseAlarms.push_back(cases[i].name + ": " + listed(by));
        } else if (!by.empty()) {
            outcome.rows[row - 1].by[name] = std::move(by);
        }
    }

    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    const std::string text = textOf(outcome);
    fmt::print("{}", text);
    for (const auto& [name, content] :
         {std::pair{"mutants.txt", text}, std::pair{"mutants.json", jsonOf(outcome)},
          std::pair{"mutants.html", htmlOf(outcome, language)}}) {
        if (const auto problem = writeWhole(folder / name, content); !problem.empty()) {
            return complain(problem);
        }
    }
    fmt::print("{}: {}\n", phrase("report", language), (folder / "mutants.html").string());
    const bool explained = std::all_of(
        outcome.rows.begin(), outcome.rows.end(),
        [](const MutantRow& row) { return row.caught() || !row.mutant->whyNot.empty(); });
    return explained && outcome.falseAlarms.empty() ? exitPass : exitFail;
}

}  // namespace jh
