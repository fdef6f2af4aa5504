// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/study.h"
#include "hil/report/markup.h"
#include "hil/report/plot_svg.h"
#include "hil/report/version.h"
#include "hil/report/words.h"
#include "hil/scenario/load.h"
#include "hil/suite/whole_file.h"
#include "sim/fault/as_found.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// What a procedure makes of a population under one condition.
struct RiskRow {
    int weights_t{};
    double wind_m_s{};
    Share badPassed, goodFailed;  ///< passed: no test failed, whether or not all could be done
    Share notAll;                 ///< a test could not be done: too few weights, too much spread
};

/// With what, and in which weather, scales are tested.
struct Condition {
    int weights_t{};
    double wind_m_s{};
    friend bool operator==(const Condition&, const Condition&) = default;
};

/// The scale as somebody finds it: its faults and cells drawn from its number.
Scenario asFoundScenario(const Scenario& base, double spread, std::uint64_t number,
                         const Condition& at) {
    Scenario scenario = base;
    scenario.seed = number;
    NoiseStream luck{number, "as found"};
    AsFoundPopulation population = analogAsFound();
    population.driftedSpread = population.driftedSpread * spread;
    population.brokenSpread = population.brokenSpread * spread;
    scenario.faults = drawAsFound(scenario.scale, population, luck);
    if (at.weights_t > 0) {
        scenario.weights.blocks = static_cast<int>(
            ExactMass::kg(std::int64_t{1000} * at.weights_t).wholeParts(scenario.weights.block));
        // A crew with fewer weights than the rule asks for works all the same.
        for (SubstitutionRule& rule : scenario.regulation.substitution) {
            rule.shareNumerator = 1;
            rule.shareDenominator = 1000;
        }
    }
    if (at.wind_m_s > 0.0) {
        scenario.site.wind.speed = Speed{at.wind_m_s};
    }
    return scenario;
}

std::string riskText(const std::vector<RiskRow>& rows, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    constexpr std::size_t narrow = 12, wide = 34;
    std::string out = padLeft(say("weights, t"), narrow) + padLeft(say("wind, m/s"), narrow) +
                      padLeft(say("bad scales passed"), wide) +
                      padLeft(say("good scales failed"), wide) +
                      padLeft(say("not all tests done"), wide) + "\n";
    const auto cell = [](const Share& s) {
        if (s.n == 0) return padLeft("-", wide);
        return padLeft(fmt::format("{} / {}  {:.1f} % ({:.1f} … {:.1f})", s.k, s.n,
                                   100.0 * s.k / s.n, 100.0 * s.least, 100.0 * s.most),
                       wide);
    };
    for (const RiskRow& row : rows) {
        out += padLeft(std::to_string(row.weights_t), narrow) +
               padLeft(fmt::format("{:g}", row.wind_m_s), narrow) + cell(row.badPassed) +
               cell(row.goodFailed) + cell(row.notAll) + "\n";
    }
    return out;
}

nlohmann::ordered_json riskJson(const std::vector<RiskRow>& rows, double spread) {
    nlohmann::ordered_json json;
    json["format"] = "jianheng risk 1";
    json["program"] = {{"version", programVersion()}, {"commit", programCommit()}};
    json["spread"] = spread;
    const auto share = [](const Share& s) {
        return nlohmann::ordered_json{
            {"found", s.k}, {"of", s.n}, {"least", s.least}, {"most", s.most}};
    };
    for (const RiskRow& row : rows) {
        json["rows"].push_back({{"weights_t", row.weights_t},
                                {"wind_m_s", row.wind_m_s},
                                {"bad_passed", share(row.badPassed)},
                                {"good_failed", share(row.goodFailed)},
                                {"not_all_tests", share(row.notAll)}});
    }
    return json;
}

/// One bar for each condition, with its interval as a whisker.
std::string barsSvg(const std::vector<RiskRow>& rows, Share RiskRow::*which,
                    const std::string& title, Language language) {
    constexpr double left = 150.0, width = 460.0, rowHeight = 26.0, top = 34.0;
    double most = 0.05;
    for (const RiskRow& row : rows) most = std::max(most, (row.*which).most);
    const auto x = [most](double share) { return left + width * share / most; };
    const double height = top + rowHeight * static_cast<double>(rows.size()) + 26.0;
    std::string out = fmt::format(
        "<svg viewBox=\"0 0 760 {0:.0f}\" width=\"760\" height=\"{0:.0f}\" role=\"img\">"
        "<text x=\"0\" y=\"18\" class=\"title\">{1}</text>\n",
        height, escaped(title));
    for (const double tick : niceTicks(0.0, 100.0 * most, 5)) {
        if (tick > 100.0 * most) continue;
        out += fmt::format(
            "<path class=\"grid\" d=\"M{0:.1f},{1:.0f}V{2:.0f}\"/><text class=\"tick\" "
            "x=\"{0:.1f}\" y=\"{3:.0f}\">{4:g} %</text>\n",
            x(tick / 100.0), top - 6.0, height - 22.0, height - 6.0, tick);
    }
    double y = top;
    for (const RiskRow& row : rows) {
        const Share& s = row.*which;
        const double middle = y + rowHeight / 2.0;
        out += fmt::format("<text class=\"row\" x=\"{:.0f}\" y=\"{:.1f}\">{} t, {:g} m/s</text>",
                           left - 10.0, middle + 4.0, row.weights_t, row.wind_m_s);
        if (s.n == 0) {
            out += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\">{}</text>\n", left + 4.0,
                               middle + 4.0, phrase("no such scale", language));
        } else {
            const double end = x(static_cast<double>(s.k) / s.n);
            const double least = x(s.least), greatest = x(s.most);
            out += fmt::format(
                "<rect class=\"bar\" x=\"{:.0f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                "height=\"14\"/>",
                left, middle - 7.0, end - left);
            out += fmt::format(
                "<path class=\"whisker\" d=\"M{0:.1f},{2:.1f}H{1:.1f}M{0:.1f},{3:.1f}"
                "v10M{1:.1f},{3:.1f}v10\"/>",
                least, greatest, middle, middle - 5.0);
            out += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\">{} / {}</text>\n",
                               left + width + 16.0, middle + 4.0, s.k, s.n);
        }
        y += rowHeight;
    }
    return out + "</svg>\n";
}

std::string riskHtml(const Scenario& base, const std::vector<RiskRow>& rows, Language language) {
    const auto say = [language](const char* english) { return phrase(english, language); };
    const bool chinese = language == Language::zh;
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{0}\"><head><meta "
        "charset=\"utf-8\"><title>{1}</title><style>\n"
        "body{{font:14px/1.5 'Noto Sans CJK SC',sans-serif;margin:2em;max-width:60em;color:#222}}\n"
        ".title{{font-weight:bold}} h1::first-letter{{text-transform:uppercase}} "
        ".row{{text-anchor:end}} .tick{{text-anchor:middle;fill:#666}}\n"
        "svg text{{font-size:13px}} .grid{{stroke:#ddd}} .bar{{fill:#8aa9cf}}\n"
        ".whisker{{stroke:#222;fill:none;stroke-width:1.5}} pre{{background:#f6f6f6;padding:1em}}\n"
        "</style></head><body>\n<h1>{1}</h1>\n<p>{2}</p>\n<p>{3}</p>\n",
        chinese ? "zh" : "en", say("risk of a verification"),
        escaped(chinese && !base.titleZh.empty() ? base.titleZh : base.title),
        say("Scales as found, drawn from service records; bad: a true error beyond its limit at a "
            "load that is judged. Whiskers: 95 % intervals after Wilson."));
    out += barsSvg(rows, &RiskRow::badPassed, say("bad scales passed"), language);
    out += barsSvg(rows, &RiskRow::goodFailed, say("good scales failed"), language);
    out += barsSvg(rows, &RiskRow::notAll, say("not all tests done"), language);
    return out + "<pre>" + escaped(riskText(rows, language)) + "</pre>\n</body></html>\n";
}

}  // namespace

int riskCommand(const RiskArguments& arguments) {
    const auto base = loadScenario(findDataFile(arguments.scenario));
    if (!base) {
        print(base.error());
        return exitBadInput;
    }
    const int own_t = static_cast<int>(base->weights.blocksTotal().wholeParts(ExactMass::kg(1000)));
    const std::vector<int> weights_t =
        arguments.weights_t.empty() ? std::vector<int>{own_t} : arguments.weights_t;
    const std::vector<double> winds_m_s =
        arguments.winds_m_s.empty() ? std::vector<double>{0.0} : arguments.winds_m_s;

    // Whether a scale is bad does not depend on how it is tested: the weights of the scenario in
    // still air tell.
    std::vector<Condition> conditions{{own_t, 0.0}};
    for (const int t : weights_t) {
        for (const double wind : winds_m_s) conditions.push_back({t, wind});
    }
    std::vector<StudyCase> cases;
    const auto firstOf = [&](std::size_t condition) {
        const auto same = std::find(conditions.begin(), conditions.end(), conditions[condition]);
        return static_cast<std::size_t>(same - conditions.begin());
    };
    std::vector<std::size_t> begins;  // of the cases of each condition; the same one is run once
    for (std::size_t c = 0; c < conditions.size(); ++c) {
        if (firstOf(c) != c) {
            begins.push_back(begins[firstOf(c)]);
            continue;
        }
        begins.push_back(cases.size());
        for (int i = 0; i < arguments.scales; ++i) {
            const auto number = static_cast<std::uint64_t>(i) + 1;
            const Condition at = conditions[c];
            cases.push_back(
                {fmt::format("{}t-{:g}ms-{:g}-{}", at.weights_t, at.wind_m_s, arguments.spread,
                             number),
                 [&, at, number] { return asFoundScenario(*base, arguments.spread, number, at); }});
        }
    }
    const fs::path folder = arguments.out;
    const auto results = runStudy(folder / "cases", cases, arguments.jobs, arguments.quiet);
    if (!results) return stopSignalled ? exitInterrupted : exitDevice;

    std::vector<RiskRow> rows;
    for (std::size_t c = 1; c < conditions.size(); ++c) {
        int bad = 0, badPassed = 0, good = 0, goodFailed = 0, notAll = 0;
        for (std::size_t i = 0; i < static_cast<std::size_t>(arguments.scales); ++i) {
            const CaseResult &truth = (*results)[begins[0] + i], &r = (*results)[begins[c] + i];
            if (r.verdict != Verdict::pass && r.verdict != Verdict::fail) ++notAll;
            if (!truth.trueWorst) continue;
            const bool isBad = *truth.trueWorst > 1.0;
            (isBad ? bad : good) += 1;
            if (isBad && r.failing.empty()) ++badPassed;
            if (!isBad && !r.failing.empty()) ++goodFailed;
        }
        rows.push_back({conditions[c].weights_t, conditions[c].wind_m_s, shareOf(badPassed, bad),
                        shareOf(goodFailed, good), shareOf(notAll, arguments.scales)});
    }
    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    const std::string text = riskText(rows, language);
    fmt::print("{}", text);
    for (const auto& [file, content] :
         {std::pair{"risk.txt", text},
          std::pair{"risk.json", riskJson(rows, arguments.spread).dump(1) + "\n"},
          std::pair{"risk.html", riskHtml(*base, rows, language)}}) {
        if (const auto problem = writeWhole(folder / file, content); !problem.empty()) {
            return complain(problem);
        }
    }
    fmt::print("{}: {}\n", phrase("report", language), (folder / "risk.html").string());
    return exitPass;
}

}  // namespace jh
