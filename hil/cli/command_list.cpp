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
const std::vector<std::pair<std::string, std::string>> folders{{"scales", "scales"},
                                                               {"indicators", "indicators"},
                                                               {"procedures", "procedures"},
                                                               {"scenarios", "verifications"}};

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

Expected<std::vector<Entry>, Diagnostics> faults(Language language) {
    const auto kinds = loadFaultCatalogue(dataFolder() / "faults" / "catalogue.yaml");
    if (!kinds) return Unexpected<Diagnostics>{kinds.error()};
    std::vector<Entry> entries;
    for (const FaultKind& kind : *kinds) {
        std::string parameters;
        for (const FaultParameter& p : kind.parameters) {
            parameters += parameters.empty() ? " (" : ", ";
            parameters += p.key;
            if (!p.least.empty()) parameters += fmt::format(" {} ... {}", p.least, p.most);
        }
        if (!parameters.empty()) parameters += ")";
        entries.push_back(
            {kind.kind, (language == Language::zh ? kind.titleZh : kind.title) + parameters});
    }
    return entries;
}

}  // namespace

int listCommand(const ListArguments& arguments) {
    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    Expected<std::vector<Entry>, Diagnostics> entries;
    if (arguments.what == "faults") {
        entries = faults(language);
    } else {
        for (const auto& [word, folder] : folders) {
            if (word == arguments.what) entries = filesIn(folder, language);
        }
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
