// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "hil/cli/play_scene.h"
#include "hil/report/plot_svg.h"
#include "hil/report/recording.h"

namespace jh {

/// Writes what a scene's plant does to a recording: every step while it steps, one row a window at
/// rest, and what the terminals see once a window.
class SceneRecorder {
public:
    /// Asks to be called at every step of the plant; the play must outlive it.
    SceneRecorder(ScenePlay& play, const std::filesystem::path& file);
    ~SceneRecorder();
    SceneRecorder(const SceneRecorder&) = delete;
    SceneRecorder& operator=(const SceneRecorder&) = delete;

    /// After each window.
    void window(BridgeRatio terminals);
    void finish() { recording_.flush(); }
    const std::string& problem() const { return recording_.problem(); }

private:
    std::vector<RecordedSignal> stepSignals() const;
    std::vector<RecordedSignal> windowSignals() const;
    void step(SimTime at);
    void hookRow(const HookLoad* hook);

    ScenePlay& play_;
    Recording recording_;
    Recording::Track steps_{}, windows_{};
    std::vector<double> row_;
    SimTime lastStep_{-1}, flushed_{};
};

/// The signals at the conversion rate as text, one line a window.
class SceneCsv {
public:
    SceneCsv(ScenePlay& play, const std::string& file);
    ~SceneCsv();
    SceneCsv(const SceneCsv&) = delete;
    SceneCsv& operator=(const SceneCsv&) = delete;

    void window(BridgeRatio terminals);
    void finish();
    const std::string& problem() const { return problem_; }

private:
    ScenePlay& play_;
    std::string file_, problem_;
    std::FILE* out_{};
};

/// The load on each line of cells and on the whole scale, seen from the empty deck.
class ScenePlot {
public:
    explicit ScenePlot(ScenePlay& play);
    void window();
    std::string svg() const { return svgText(plot_); }

private:
    double line_kg(std::size_t line) const;

    ScenePlay& play_;
    std::size_t lines_{};
    std::vector<double> dead_kg_;
    Plot plot_;
};

}  // namespace jh
