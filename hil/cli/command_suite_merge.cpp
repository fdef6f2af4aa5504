// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/suite_outputs.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

/// A folder of results, or the folders of shards in it.
std::vector<fs::path> resultFolders(const fs::path& input) {
    std::error_code error;
    if (fs::exists(planFile(input), error)) return {input};
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator{input, error}) {
        if (fs::exists(planFile(entry.path()), error)) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

struct Part {
    std::string name;
    Merged merged;
};

/// Everything that is merged, or all that is wrong with it.
class MergeInputs {
public:
    void read(const fs::path& input) {
        std::error_code error;
        if (!fs::is_directory(input, error)) return readFile(input);
        const std::vector<fs::path> folders = resultFolders(input);
        if (folders.empty()) problems.push_back(input.string() + ": holds no results of a suite");
        for (const fs::path& folder : folders) readFolder(folder);
    }

    std::vector<Part> parts;
    std::vector<std::string> problems;

private:
    void readFile(const fs::path& file) {
        auto merged = readMerged(file);
        if (merged) parts.push_back({file.string(), std::move(*merged)});
        if (!merged) problems.push_back(merged.error());
    }
    void readFolder(const fs::path& folder) {
        auto plan = readPlan(folder);
        if (!plan) return problems.push_back(plan.error());
        FoundResults found = readResults(folder, *plan);
        for (const std::string& wrong : found.wrong) {
            problems.push_back(wrong + "; `jianheng suite … --resume` makes it anew");
        }
        parts.push_back({folder.string(), {std::move(*plan), std::move(found.results)}});
    }
};

int refuse(const std::vector<std::string>& problems) {
    for (const std::string& problem : problems) complain(problem);
    fmt::print(stderr, "{} problem{}; nothing was merged\n", problems.size(),
               problems.size() == 1 ? "" : "s");
    return exitBadInput;
}

}  // namespace

int suiteMergeCommand(const SuiteMergeArguments& arguments) {
    const auto measure = readMeasure(arguments.outputs, {});
    if (!measure) return exitBadInput;
    MergeInputs inputs;
    for (const std::string& input : arguments.inputs) inputs.read(input);
    std::vector<std::string>& problems = inputs.problems;
    if (inputs.parts.empty()) return refuse(problems);
    Part whole = std::move(inputs.parts.front());
    for (std::size_t i = 1; i < inputs.parts.size(); ++i) {
        Part& part = inputs.parts[i];
        MergeReport report = mergeInto(whole.merged, whole.name, std::move(part.merged), part.name);
        problems.insert(problems.end(), report.problems.begin(), report.problems.end());
        for (const std::string& id : report.twice) {
            fmt::print(stderr, "jianheng: '{}' stands in {} again, with the same result\n", id,
                       part.name);
        }
    }
    if (measure->baseline) {
        for (const auto& [id, result] : whole.merged.results) {
            std::string other = otherScale(*measure->baseline, id, result.scale);
            if (!other.empty()) problems.push_back(std::move(other));
        }
    }
    if (!problems.empty()) return refuse(problems);
    return deliverSuite(whole.merged, *measure, arguments.outputs);
}

}  // namespace jh
