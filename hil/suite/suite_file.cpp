// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/suite_file.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <map>

#include "hil/scenario/catalogue.h"
#include "hil/scenario/load.h"
#include "hil/suite/describe_suite.h"
#include "sim/base/hash.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

/// Files that a pattern means, in order: seen from the suite, else from the shipped data.
std::vector<fs::path> filesOf(const std::string& pattern, const fs::path& folder) {
    for (const fs::path& from : {folder, dataFolder()}) {
        glob_t found{};
        std::vector<fs::path> files;
        if (::glob((from / pattern).lexically_normal().c_str(), 0, nullptr, &found) == 0) {
            files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
        }
        ::globfree(&found);
        if (!files.empty()) return files;
    }
    return {};
}

/// "verifications/30t-jjg539-initial": the name within the shipped data, else within the suite's
/// folder, else of the file alone. The same wherever the data lie.
std::string nameOf(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(file, error);
    for (const fs::path& from : {dataFolder(), folder}) {
        const fs::path name = whole.lexically_relative(
            fs::weakly_canonical(from.empty() ? fs::path{"."} : from, error));
        if (!name.empty() && *name.begin() != "..") {
            return fs::path{name}.replace_extension().generic_string();
        }
    }
    return file.stem().string();
}

/// Puts scenarios together and finds what is wrong among them.
class SuiteBuilder {
public:
    SuiteBuilder(std::string name, fs::path folder, Diagnostics& diagnostics)
        : folder_{std::move(folder)}, diagnostics_{diagnostics} {
        suite_.plan.suite = std::move(name);
        suite_.plan.program = thisProgram();
    }

    void add(const SuiteItem& item, const std::vector<std::string>& suiteTags) {
        const std::vector<fs::path> files = filesOf(item.pattern, folder_);
        if (files.empty()) {
            return problem(
                item, fmt::format("'{}' names no file, neither in {} nor in {}", item.pattern,
                                  folder_.empty() ? "." : folder_.string(), dataFolder().string()));
        }
        for (const fs::path& file : files) {
            auto loaded = item.with.kind == TreeNode::Kind::map ? loadScenario(file, item.with)
                                                                : loadScenario(file);
            if (!loaded) {
                diagnostics_.insert(diagnostics_.end(), loaded.error().begin(),
                                    loaded.error().end());
                continue;
            }
            std::vector<std::string> tags = suiteTags;
            for (const auto& more : {item.tags, loaded->tags}) {
                tags.insert(tags.end(), more.begin(), more.end());
            }
            std::sort(tags.begin(), tags.end());
            tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
            const std::string name =
                nameOf(file, folder_) + (item.label.empty() ? "" : "~" + item.label);
            const auto scenario = std::make_shared<const Scenario>(std::move(*loaded));
            const auto seeds =
                item.seeds.empty() ? std::vector<std::uint64_t>{scenario->seed} : item.seeds;
            for (const std::uint64_t seed : seeds) {
                place(item,
                      {fmt::format("{}@seed{}", name, seed), hashOf(*scenario, seed), tags, {}},
                      {scenario, seed});
            }
        }
    }

    LoadedSuite finish(const QuarantineList& quarantine) {
        for (const QuarantineEntry& entry : quarantine.entries) {
            const bool used = std::any_of(found_.begin(), found_.end(), [&](const auto& found) {
                return matches(entry.scenario, found.first);
            });
            if (used || entry.source == nullptr) continue;
            std::vector<std::string> ids;
            for (const auto& [id, found] : found_) ids.push_back(id);
            diagnostics_.push_back(
                {entry.source->name, entry.mark.line, entry.mark.column, "quarantine",
                 fmt::format("'{}' means no scenario of the suite", entry.scenario),
                 nearestName(entry.scenario, ids)});
        }
        for (auto& [id, found] : found_) {
            if (const auto* entry = findQuarantine(quarantine, id)) {
                found.planned.quarantine = entry->why;
            }
            suite_.plan.scenarios.push_back(std::move(found.planned));
            suite_.jobs.push_back(std::move(found.job));
        }
        return std::move(suite_);
    }
    LoadedSuite& suite() { return suite_; }

private:
    struct Found {
        PlannedScenario planned;
        SuiteJob job;
        std::string by;
    };

    static std::string hashOf(const Scenario& scenario, std::uint64_t seed) {
        Hash hash;
        hash.add(scenario.resolvedYaml);
        hash.add(seed);
        return fmt::format("{:016x}", hash.value());
    }

    void place(const SuiteItem& item, PlannedScenario planned, SuiteJob job) {
        const std::string id = planned.id;
        const auto [there, fresh] =
            found_.try_emplace(id, Found{std::move(planned), std::move(job), item.pattern});
        if (fresh) return;
        problem(item, fmt::format("two scenarios with one id, {}: '{}' names it as well; give one "
                                  "of them a `label`",
                                  id, there->second.by));
    }

    void problem(const SuiteItem& item, std::string message) {
        if (item.place == nullptr) {
            diagnostics_.push_back({folder_.string(), 0, 0, "", std::move(message), ""});
            return;
        }
        diagnostics_.push_back({item.place->source->name, item.place->mark.line,
                                item.place->mark.column, "scenarios", std::move(message), ""});
    }

    fs::path folder_;
    Diagnostics& diagnostics_;
    LoadedSuite suite_;
    std::map<std::string, Found> found_;
};

Expected<LoadedSuite, Diagnostics> finished(SuiteBuilder& builder, const QuarantineList& quarantine,
                                            Diagnostics& diagnostics) {
    // Whether a quarantine means something is only known when everything was found.
    LoadedSuite suite = builder.finish(diagnostics.empty() ? quarantine : QuarantineList{});
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return suite;
}

Expected<LoadedSuite, Diagnostics> loadFolder(const fs::path& folder) {
    Diagnostics diagnostics;
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(folder, error);
    SuiteBuilder builder{whole.filename().string(), folder, diagnostics};
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator at{folder, error}, end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == ".yaml") files.push_back(at->path());
    }
    std::sort(files.begin(), files.end());
    bool any = false;
    for (const fs::path& file : files) {
        const auto summary = describeFile(file);
        if (!summary) {
            diagnostics.insert(diagnostics.end(), summary.error().begin(), summary.error().end());
            continue;
        }
        if (summary->kind != "scenario") continue;
        any = true;
        SuiteItem item;
        item.pattern = file.lexically_relative(folder).string();
        builder.add(item, {});
    }
    if (!any && diagnostics.empty()) {
        diagnostics.push_back({folder.string(), 0, 0, "", "the folder holds no scenario", ""});
    }
    builder.suite().plan.title = builder.suite().plan.suite;
    return finished(builder, {}, diagnostics);
}

}  // namespace

Scenario SuiteJob::toRun() const {
    return seed == scenario->seed ? *scenario : withSeed(*scenario, seed);
}

Expected<LoadedSuite, Diagnostics> loadSuite(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return loadFolder(file);
    Diagnostics diagnostics;
    SuiteText text;
    SuiteBuilder builder{file.stem().string(), file.parent_path(), diagnostics};
    if (const auto document = openDocument(file, "suite", diagnostics)) {
        PartReader parts{document->chain, diagnostics};
        readInto(text, document->root, "", PartReader::with(describeSuite, parts), diagnostics);
        builder.suite().plan.title = text.title;
        builder.suite().plan.titleZh = text.titleZh;
        for (const SuiteItem& item : text.items) {
            if (!item.pattern.empty()) builder.add(item, text.tags);
        }
        if (!text.baseline.empty()) {
            const std::vector<fs::path> found = filesOf(text.baseline, file.parent_path());
            if (!found.empty()) builder.suite().baseline = found.front();
            if (found.empty()) {
                diagnostics.push_back({text.baselinePlace->source->name,
                                       text.baselinePlace->mark.line,
                                       text.baselinePlace->mark.column, "baseline",
                                       fmt::format("no such file: '{}'", text.baseline), ""});
            }
        }
        // The nodes that items point to end with the document.
        return finished(builder, text.quarantine, diagnostics);
    }
    putInOrder(diagnostics);
    return Unexpected<Diagnostics>{std::move(diagnostics)};
}

Diagnostics checkSuiteFile(const fs::path& file, const std::string& kind) {
    if (kind == "suite") {
        auto suite = loadSuite(file);
        return suite ? Diagnostics{} : suite.error();
    }
    Diagnostics diagnostics;
    QuarantineList list;
    if (const auto document = openDocument(file, kind, diagnostics)) {
        readInto(list, document->root, "", describeQuarantine, diagnostics);
    }
    putInOrder(diagnostics);
    return diagnostics;
}

LoadedSuite selected(LoadedSuite suite, const SuiteFilter& filter) {
    LoadedSuite left;
    left.baseline = suite.baseline;
    left.plan = {suite.plan.suite, suite.plan.title, suite.plan.titleZh, suite.plan.program, {}};
    for (std::size_t i = 0; i < suite.jobs.size(); ++i) {
        if (!selects(filter, suite.plan.scenarios[i])) continue;
        left.plan.scenarios.push_back(std::move(suite.plan.scenarios[i]));
        left.jobs.push_back(std::move(suite.jobs[i]));
    }
    return left;
}

}  // namespace jh
