// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/study.h"
#include "hil/report/markup.h"
#include "hil/report/version.h"
#include "hil/report/words.h"
#include "hil/scenario/catalogue.h"
#include "hil/scenario/load.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

constexpr std::array<double, 3> magnitudes{0.5, 1.0, 2.0};

/// How a fault of one size came out.
enum class Caught { byNamed, byOther, notAtAll, notDecided };

struct FaultRow {
    const CatalogueFault* fault{};
    std::vector<double> sizes;  ///< of its typical one; 1 alone where it has no size
    std::vector<CaseResult> results;
    Caught outcome(std::size_t size) const {
        const CaseResult& r = results[size];
        if (r.verdict != Verdict::pass && r.verdict != Verdict::fail) return Caught::notDecided;
        if (r.failing.empty()) return Caught::notAtAll;
        const auto named = [&](const std::string& test) {
            return std::count(fault->caughtBy.begin(), fault->caughtBy.end(), test) > 0;
        };
        return std::any_of(r.failing.begin(), r.failing.end(), named) ? Caught::byNamed
                                                                      : Caught::byOther;
    }
    bool failed(std::size_t size, const std::string& test) const {
        const auto& failing = results[size].failing;
        return std::count(failing.begin(), failing.end(), test) > 0;
    }
};

struct Matrix {
    std::vector<TestRule> tests;
    std::vector<FaultRow> rows;
    Share falseAlarms;
    std::map<std::string, int> alarmsBy;  ///< test: healthy scales that it failed
};

/// A scenario with this one fault at part of its size; the catalogue's words are read as a
/// scenario's would be.
Expected<Scenario, Diagnostics> withFault(const fs::path& base, const fs::path& folder,
                                          const std::string& id) {
    const fs::path file = folder / "scenarios" / (id + ".yaml");
    const std::string problem = writeWhole(
        file, fmt::format("jianheng: scenario\nextends: {}\nfaults:\n  - {{fault: {}}}\n",
                          fs::absolute(base).string(), id));
    if (!problem.empty())
        return Unexpected<Diagnostics>{Diagnostics{{problem, 0, 0, "", problem, ""}}};
    return loadScenario(file);
}

std::string mark(const FaultRow& row, std::size_t size) {
    switch (row.outcome(size)) {
        case Caught::byNamed:
            return "●";
        case Caught::byOther:
            return "◐";
        case Caught::notAtAll:
            return "·";
        case Caught::notDecided:
            break;
    }
    return "?";
}

/// Smallest part of its typical size at which a test finds the fault; nothing: at none.
std::optional<double> smallestFor(const FaultRow& row, const std::string& test) {
    for (std::size_t i = 0; i < row.sizes.size(); ++i) {
        if (row.failed(i, test)) return row.sizes[i];
    }
    return std::nullopt;
}

std::string whyNot(const CatalogueFault& fault, Language language) {
    return language == Language::zh && !fault.whyNotZh.empty() ? fault.whyNotZh : fault.whyNot;
}

std::string matrixText(const Matrix& matrix, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    std::string out =
        fmt::format("{}\n\n", say("● by a test named for it  ◐ by another test  · not "
                                  "found  ? not all tests could be done; at 0.5, 1 and 2 times "
                                  "its size, once where it has none"));
    std::size_t width = 0;
    for (const FaultRow& row : matrix.rows) width = std::max(width, row.fault->id.size());
    for (const FaultRow& row : matrix.rows) {
        out += "  " + padRight(row.fault->id, width) + "  ";
        for (std::size_t i = 0; i < magnitudes.size(); ++i) {
            out += (i < row.sizes.size() ? mark(row, i) : std::string{" "}) + " ";
        }
        std::string by;
        for (const TestRule& test : matrix.tests) {
            if (const auto least = smallestFor(row, test.id)) {
                by += " " + test.id;
                if (row.sizes.size() > 1) by += fmt::format("×{:g}", *least);
            }
        }
        if (by.empty()) by = " " + whyNot(*row.fault, language);
        out += by + "\n";
    }
    out += fmt::format("\n{}: {} / {} ({:.2f} % … {:.2f} %)\n", say("false alarms"),
                       matrix.falseAlarms.k, matrix.falseAlarms.n, 100.0 * matrix.falseAlarms.least,
                       100.0 * matrix.falseAlarms.most);
    for (const auto& [test, n] : matrix.alarmsBy) out += fmt::format("  {}: {}\n", test, n);
    return out;
}

nlohmann::ordered_json matrixJson(const Matrix& matrix) {
    nlohmann::ordered_json json;
    json["format"] = "jianheng detection matrix 1";
    json["program"] = {{"version", programVersion()}, {"commit", programCommit()}};
    json["magnitudes"] = magnitudes;
    for (const TestRule& test : matrix.tests) json["tests"].push_back(test.id);
    for (const FaultRow& row : matrix.rows) {
        nlohmann::ordered_json one{{"fault", row.fault->id}, {"named", row.fault->caughtBy}};
        for (std::size_t i = 0; i < row.sizes.size(); ++i) {
            constexpr std::array words{"caught", "caught by another test", "missed", "not decided"};
            one["results"].push_back(
                {{"magnitude", row.sizes[i]},
                 {"verdict", word(row.results[i].verdict)},
                 {"failing", row.results[i].failing},
                 {"outcome", words[static_cast<std::size_t>(row.outcome(i))]}});
        }
        if (!row.fault->whyNot.empty()) one["why_not"] = row.fault->whyNot;
        json["faults"].push_back(std::move(one));
    }
    json["false_alarms"] = {{"found", matrix.falseAlarms.k},
                            {"healthy_scales", matrix.falseAlarms.n},
                            {"by_test", matrix.alarmsBy}};
    return json;
}

/// A heat map: one row for a fault, one column for a test, darker the smaller a fault it finds.
std::string matrixHtml(const Matrix& matrix, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta "
        "charset=\"utf-8\"><title>{}</title><style>\n"
        "body{{font:14px/1.4 'Noto Sans CJK SC',sans-serif;margin:2em;color:#222}}\n"
        "table{{border-collapse:collapse}} th,td{{border:1px solid #ccc;padding:2px 6px}}\n"
        "thead th{{writing-mode:vertical-rl;transform:rotate(180deg);font-weight:normal;"
        "text-align:left;vertical-align:bottom}}\n"
        "thead th:last-child{{writing-mode:horizontal-tb;transform:none}} "
        "h1::first-letter{{text-transform:uppercase}}\n"
        "td{{text-align:center}} td.name,td.why{{text-align:left}} td.why{{max-width:32em}}\n"
        ".s2{{background:#e3ecf7}} .s1{{background:#9dbde3}} "
        ".s05{{background:#3f74b5;color:#fff}}\n"
        ".named{{font-weight:bold;outline:2px solid #222;outline-offset:-3px}}\n"
        "</style></head><body>\n<h1>{}</h1>\n<p>{}</p>\n<table><thead><tr><th></th>",
        language == Language::zh ? "zh" : "en", say("detection matrix"), say("detection matrix"),
        say("The number is the smallest part of the fault's typical size at which the test fails; "
            "framed: the catalogue names the test for the fault."));
    for (const TestRule& test : matrix.tests) {
        const bool chinese = language == Language::zh && !test.titleZh.empty();
        out += fmt::format("<th>{}</th>", escaped(chinese ? test.titleZh : test.title));
    }
    out += fmt::format("<th>{}</th></tr></thead><tbody>\n", say("why not"));
    for (const FaultRow& row : matrix.rows) {
        out +=
            fmt::format("<tr><td class=\"name\">{} {}</td>", row.fault->number,
                        language == Language::zh && !row.fault->titleZh.empty() ? row.fault->titleZh
                                                                                : row.fault->title);
        for (const TestRule& test : matrix.tests) {
            const bool named =
                std::count(row.fault->caughtBy.begin(), row.fault->caughtBy.end(), test.id) > 0;
            const auto least = smallestFor(row, test.id);
            const char* shade = !least ? "" : *least < 1.0 ? "s05" : *least < 2.0 ? "s1" : "s2";
            out += fmt::format("<td class=\"{}{}\">{}</td>", shade, named ? " named" : "",
                               !least                 ? (named ? "–" : "")
                               : row.sizes.size() > 1 ? fmt::format("{:g}", *least)
                                                      : "●");
        }
        out +=
            fmt::format("<td class=\"why\">{}</td></tr>\n", escaped(whyNot(*row.fault, language)));
    }
    out +=
        fmt::format("</tbody></table>\n<p>{}: {} / {} ({:.2f} % … {:.2f} %)</p>\n</body></html>\n",
                    say("false alarms"), matrix.falseAlarms.k, matrix.falseAlarms.n,
                    100.0 * matrix.falseAlarms.least, 100.0 * matrix.falseAlarms.most);
    return out;
}

}  // namespace

int detectCommand(const DetectArguments& arguments) {
    const fs::path base = findDataFile(arguments.scenario), folder = arguments.out;
    const fs::path digital = findDataFile(arguments.digitalScenario);
    const auto healthy = loadScenario(base);
    const auto catalogue = loadFaultCatalogue(faultCatalogueFile());
    Diagnostics wrong;
    if (!healthy) wrong = healthy.error();
    if (!catalogue) wrong.insert(wrong.end(), catalogue.error().begin(), catalogue.error().end());
    if (!wrong.empty()) {
        print(wrong);
        return exitBadInput;
    }
    Matrix matrix;
    matrix.tests = healthy->regulation.tests;

    std::vector<StudyCase> cases;
    std::vector<Scenario> scenarios;
    for (const CatalogueFault& fault : *catalogue) {
        if (!fault.available || arguments.healthyOnly) continue;
        if (!arguments.faults.empty() &&
            std::count(arguments.faults.begin(), arguments.faults.end(), fault.id) == 0) {
            continue;
        }
        auto scenario = withFault(base, folder, fault.id);
        if (!scenario) scenario = withFault(digital, folder, fault.id);
        // One that neither scale can have has no row.
        if (!scenario) continue;
        const bool sized = hasSize(scenario->faults.front().what);
        matrix.rows.push_back(
            {&fault,
             sized ? std::vector<double>{magnitudes.begin(), magnitudes.end()} : std::vector{1.0},
             {}});
        scenarios.push_back(std::move(*scenario));
    }
    for (const std::string& id : arguments.faults) {
        if (std::none_of(matrix.rows.begin(), matrix.rows.end(),
                         [&](const FaultRow& row) { return row.fault->id == id; })) {
            fmt::print(stderr, "jianheng: these scales cannot have the fault '{}'\n", id);
            return exitBadInput;
        }
    }
    for (std::size_t row = 0; row < scenarios.size(); ++row) {
        for (const double size : matrix.rows[row].sizes) {
            cases.push_back(
                {fmt::format("{}-{:g}", matrix.rows[row].fault->id, size), [&, row, size] {
                     Scenario scenario = scenarios[row];
                     for (Fault& fault : scenario.faults) fault.what = scaled(fault.what, size);
                     return scenario;
                 }});
        }
    }
    for (int i = 0; i < arguments.healthy; ++i) {
        cases.push_back({fmt::format("healthy-{}", i + 1), [&, i] {
                             Scenario scenario = *healthy;
                             scenario.seed = healthy->seed + static_cast<std::uint64_t>(i);
                             return scenario;
                         }});
    }
    const auto results = runStudy(folder / "cases", cases, arguments.jobs, arguments.quiet);
    if (!results) return stopSignalled ? exitInterrupted : exitDevice;

    std::size_t next = 0;
    for (FaultRow& row : matrix.rows) {
        for (std::size_t i = 0; i < row.sizes.size(); ++i) {
            row.results.push_back((*results)[next++]);
        }
    }
    int alarms = 0;
    for (; next < results->size(); ++next) {
        const CaseResult& result = (*results)[next];
        if (result.verdict != Verdict::pass) ++alarms;
        for (const std::string& test : result.failing) ++matrix.alarmsBy[test];
    }
    matrix.falseAlarms = shareOf(alarms, arguments.healthy);

    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    const std::string text = matrixText(matrix, language);
    fmt::print("{}", text);
    for (const auto& [file, content] :
         {std::pair{"detection.txt", text},
          std::pair{"detection.json", matrixJson(matrix).dump(1) + "\n"},
          std::pair{"detection.html", matrixHtml(matrix, language)}}) {
        if (const auto problem = writeWhole(folder / file, content); !problem.empty()) {
            return complain(problem);
        }
    }
    fmt::print("{}: {}\n", phrase("report", language), (folder / "detection.html").string());
    return exitPass;
}

}  // namespace jh
