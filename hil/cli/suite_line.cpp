// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/suite_line.h"

#include <CLI/CLI.hpp>

namespace jh {

void SuiteLine::addSelection(CLI::App& command) {
    command.add_option(
        "SUITE", suite_.suite,
        "Suite file, or a folder of scenarios; also by name within the shipped data");
    command
        .add_option("--tag", suite_.tags, "Only scenarios with this tag; one of several is enough")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        .add_option("--name", suite_.names,
                    "Only scenarios with this in their id; * and ? as in file names")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        .add_option("--shards", suite_.shards, "Number of shards, where only their index is known")
        ->check(CLI::Range(1, 1'000'000));
}

void SuiteLine::addOutputs(CLI::App& command, SuiteOutputs& outputs) {
    command.add_option("--baseline", outputs.baseline, "Compare the errors with this baseline");
    command.add_option("--write-baseline", outputs.writeBaseline, "Write the errors as a baseline");
    command.add_option("--trend", outputs.trend, "Add the run to this database of versions");
    command.add_option("--date", outputs.date,
                       "Day for quarantines, as 2026-03-10; else today, UTC");
    command.add_option("--lang", outputs.language, "Language of what is printed")
        ->check(CLI::IsMember({"en", "zh"}))
        ->capture_default_str();
}

void SuiteLine::add() {
    CLI::App* c = app_.add_subcommand("suite", "Run many scenarios, several at a time");
    c->require_subcommand(0, 1);
    addSelection(*c);
    c->add_option("-j,--jobs", suite_.jobs, "Scenarios at a time; else one for each core")
        ->check(CLI::Range(1, 10'000));
    c->add_option("--shard", suite_.shard,
                  "Only part i of n, as 2/5; else as Slurm, Kubernetes, GitLab or Bazel say");
    c->add_option("--out", suite_.outputs.out,
                  "Folder for results, merged.json, junit.xml and summary.md")
        ->capture_default_str();
    auto* resume = c->add_flag("--resume", suite_.resume, "Go on with the results in the folder");
    c->add_flag("--restart", suite_.restart, "Remove the results in the folder")->excludes(resume);
    c->add_flag("--retry-failed", suite_.retryFailed,
                "Resume, and run again what did not come out as expected")
        ->excludes("--restart");
    c->add_flag("--records", suite_.records, "Keep the record of each scenario");
    c->add_option("--coverage", suite_.coverage,
                  "Write which lines of the AVR firmwares' source were executed, for lcov");
    addOutputs(*c, suite_.outputs);
    c->add_flag("--quiet", suite_.quiet, "No progress");
    c->footer(
        "Examples:\n"
        "  jianheng suite suites/smoke.yaml\n"
        "  jianheng suite suites/verifications.yaml -j 4 --tag fault --resume\n"
        "  jianheng suite suites/verifications.yaml --shard 2/5 --out results\n"
        "  jianheng suite my-firmware/ --coverage firmware.info\n"
        "  jianheng suite plan suites/verifications.yaml --shards 5\n"
        "  jianheng suite merge results --out whole");
    addPlan(*c);
    addMerge(*c);
    c->callback([this, c] {
        if (!c->get_subcommands().empty()) return;
        if (suite_.suite.empty()) throw CLI::RequiredError("SUITE");
        exitCode_ = suiteCommand(suite_);
    });
}

void SuiteLine::addPlan(CLI::App& above) {
    CLI::App* c = above.add_subcommand("plan", "What a suite would run");
    addSelection(*c);
    CLI::Option* json =
        c->add_option("--json", planJson_, "As JSON, to a file or to stdout")->expected(0, 1);
    c->footer("Example:\n  jianheng suite plan suites/smoke.yaml --shards 3");
    c->callback([this, json] {
        if (suite_.suite.empty()) throw CLI::RequiredError("SUITE");
        if (json->count() > 0) suite_.json = planJson_;
        exitCode_ = suitePlanCommand(suite_);
    });
}

void SuiteLine::addMerge(CLI::App& above) {
    CLI::App* c = above.add_subcommand("merge", "Put the results of shards together");
    c->add_option("RESULTS", merge_.inputs,
                  "Folders that suites wrote to, folders of these, or files merged.json")
        ->required();
    c->add_option("--out", merge_.outputs.out, "Folder for merged.json, junit.xml and summary.md")
        ->required();
    c->add_flag("--partial", merge_.outputs.partial, "Results may be missing");
    addOutputs(*c, merge_.outputs);
    c->footer(
        "Examples:\n"
        "  jianheng suite merge results --out whole\n"
        "  jianheng suite merge a/merged.json b/merged.json --out whole --trend trend.db");
    c->callback([this] { exitCode_ = suiteMergeCommand(merge_); });
}

}  // namespace jh
