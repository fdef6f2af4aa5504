// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/report/version.h"
#include "hil/report/words.h"
#include "hil/scenario/catalogue.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

struct Entry {
    std::string name, title;
};

/// Folder of the shipped data for each word of the command.
const std::vector<std::pair<std::string, std::string>> folders{
    {"scales", "scales"},     {"indicators", "indicators"}, {"procedures", "procedures"},
    {"vehicles", "vehicles"}, {"scenes", "scenes"},         {"scenarios", "verifications"},
    {"weights", "weights"},   {"sites", "sites"},           {"test-trucks", "test-trucks"},
    {"suites", "suites"}};

Expected<std::vector<Entry>, Diagnostics> filesIn(const std::string& folder, Language language) {
    std::vector<Entry> entries;
    std::error_code none;
    for (const auto& file : fs::directory_iterator{dataFolder() / folder, none}) {
        if (file.path().extension() != ".yaml") continue;
        const auto summary = describeFile(file.path());
        if (!summary) return Unexpected<Diagnostics>{summary.error()};
        entries.push_back({folder + "/" + file.path().filename().string(),
                           language == Language::zh && !summary->titleZh.empty() ? summary->titleZh
                                                                                 : summary->title});
    }
    return entries;
}

std::string titleOf(const CatalogueFault& fault, Language language) {
    return language == Language::zh ? fault.titleZh : fault.title;
}

/// "title (stiffness 10 kN/mm, gap 3 mm)", with the typical values.
std::string lineOf(const CatalogueFault& fault, Language language) {
    if (!fault.available) return titleOf(fault, language) + " (not yet)";
    std::string sizes;
    for (const Parameter& p : fault.parameters) {
        if (p.value.empty()) continue;
        sizes += fmt::format("{}{} {}", sizes.empty() ? "" : ", ", p.key, p.value);
    }
    return titleOf(fault, language) + (sizes.empty() ? "" : " (" + sizes + ")");
}

nlohmann::ordered_json jsonOf(const CatalogueFault& fault) {
    nlohmann::ordered_json parameters = nlohmann::ordered_json::array();
    for (const Parameter& p : fault.parameters) {
        nlohmann::ordered_json one{{"key", p.key}, {"typical", p.value}};
        if (!p.unit.empty()) one["unit"] = p.unit;
        if (!p.least.empty()) one["least"] = p.least, one["most"] = p.most;
        if (!p.choices.empty()) one["choices"] = p.choices;
        parameters.push_back(std::move(one));
    }
    return {{"id", fault.id},
            {"number", fault.number},
            {"title", fault.title},
            {"title_zh", fault.titleZh},
            {"available", fault.available},
            {"kind", fault.kind},
            {"parameters", std::move(parameters)},
            {"typical", fault.typical},
            {"acts_in", fault.actsIn},
            {"signature", fault.signature},
            {"magnitude", fault.magnitude},
            {"caught_by", fault.caughtBy},
            {"why_not", fault.whyNot}};
}

int listFaults(const ListArguments& arguments, Language language) {
    const auto faults = loadFaultCatalogue(faultCatalogueFile());
    if (!faults) {
        print(faults.error());
        return exitBadInput;
    }
    if (arguments.json) {
        nlohmann::ordered_json json = nlohmann::ordered_json::array();
        for (const CatalogueFault& fault : *faults) json.push_back(jsonOf(fault));
        return deliver(*arguments.json, json.dump(1) + "\n");
    }
    std::size_t width = 0;
    for (const CatalogueFault& fault : *faults) width = std::max(width, displayWidth(fault.id));
    for (const CatalogueFault& fault : *faults) {
        fmt::print("{:>2}  {}  {}\n", fault.number, padRight(fault.id, width),
                   lineOf(fault, language));
    }
    return exitPass;
}

}  // namespace

int listCommand(const ListArguments& arguments) {
    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    if (arguments.what == "faults") return listFaults(arguments, language);
    Expected<std::vector<Entry>, Diagnostics> entries;
    for (const auto& [word, folder] : folders) {
        if (word == arguments.what) entries = filesIn(folder, language);
    }
    if (!entries) {
        print(entries.error());
        return exitBadInput;
    }
    std::sort(entries->begin(), entries->end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    if (arguments.json) {
        nlohmann::ordered_json json = nlohmann::ordered_json::array();
        for (const Entry& e : *entries) json.push_back({{"name", e.name}, {"title", e.title}});
        return deliver(*arguments.json, json.dump(1) + "\n");
    }
    std::size_t width = 0;
    for (const Entry& e : *entries) width = std::max(width, displayWidth(e.name));
    for (const Entry& e : *entries) fmt::print("{}  {}\n", padRight(e.name, width), e.title);
    return exitPass;
}

int versionCommand() {
    fmt::print("jianheng {} ({})\n", programVersion(), programCommit());
    return exitPass;
}

}  // namespace jh
