// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/scene_signals.h"
#include "hil/scenario/load_scene.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// Where the signals go; empty: nowhere.
struct SceneFiles {
    std::string h5, csv, plot;
};

SceneFiles filesOf(const SimulateArguments& arguments, const std::string& name) {
    SceneFiles files{arguments.h5, arguments.csv, arguments.plot};
    const bool named = !files.h5.empty() || !files.csv.empty() || !files.plot.empty();
    if (named && arguments.out.empty()) return files;
    const fs::path folder = arguments.out.empty() ? "jianheng-out" : arguments.out;
    if (files.h5.empty()) files.h5 = folder / (name + ".h5");
    if (files.csv.empty()) files.csv = folder / (name + ".csv");
    if (files.plot.empty()) files.plot = folder / (name + ".svg");
    return files;
}

std::string makeFolders(const SceneFiles& files) {
    for (const std::string& file : {files.h5, files.csv, files.plot}) {
        const fs::path folder = fs::path{file}.parent_path();
        if (folder.empty()) continue;
        std::error_code failed;
        fs::create_directories(folder, failed);
        if (failed) return folder.string() + ": " + failed.message();
    }
    return {};
}

/// Plays it to its end or until Ctrl-C; what could not be written.
std::string play(ScenePlay& scene, const SceneFiles& files, bool quiet) {
    std::optional<SceneRecorder> recorder;
    std::optional<SceneCsv> csv;
    std::optional<ScenePlot> plot;
    if (!files.h5.empty()) recorder.emplace(scene, files.h5);
    if (!files.csv.empty()) csv.emplace(scene, files.csv);
    if (!files.plot.empty()) plot.emplace(scene);
    const auto problem = [&] {
        return recorder && !recorder->problem().empty() ? recorder->problem()
               : csv                                    ? csv->problem()
                                                        : std::string{};
    };
    ProgressLine progress{!quiet};
    while (!scene.over() && !stopSignalled && problem().empty()) {
        const BridgeRatio terminals = scene.advance();
        if (recorder) recorder->window(terminals);
        if (csv) csv->window(terminals);
        if (plot) plot->window();
        progress.show(scene.scene().name, scene.plant().now(),
                      scene.plant().resting() ? "at rest" : "moving");
    }
    if (recorder) recorder->finish();
    if (csv) csv->finish();
    if (!problem().empty()) return problem();
    return plot ? writeText(files.plot, plot->svg()) : std::string{};
}

}  // namespace

int simulateCommand(const SimulateArguments& arguments) {
    auto scene = loadScene(findDataFile(arguments.scene));
    if (!scene) {
        print(scene.error());
        return exitBadInput;
    }
    if (arguments.seed) *scene = withSeed(*scene, *arguments.seed);
    const SceneFiles files = filesOf(arguments, scene->name);
    std::string problem = makeFolders(files);
    if (problem.empty()) {
        catchStopSignals();
        ScenePlay playing{*scene};
        problem = play(playing, files, arguments.quiet);
        if (problem.empty() && !arguments.quiet) {
            fmt::print("{}: {} s{}\n", scene->name, seconds(playing.plant().now()),
                       playing.over() ? "" : ", interrupted");
            for (const std::string& file : {files.h5, files.csv, files.plot}) {
                if (!file.empty()) fmt::print("  {}\n", file);
            }
        }
        if (problem.empty()) return playing.over() ? exitPass : exitInterrupted;
    }
    fmt::print(stderr, "jianheng: {}\n", problem);
    return exitDevice;
}

}  // namespace jh
