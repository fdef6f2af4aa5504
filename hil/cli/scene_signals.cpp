// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/scene_signals.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "hil/report/version.h"

namespace jh {

namespace {

/// At least so many rows are worth a visit to the file; at rest that is every ten seconds.
constexpr std::size_t leastRows = 100, stepRows = 1000;

std::vector<std::string> cellIds(const Plant& plant) {
    std::vector<std::string> ids;
    for (const CellPlace& place : plant.parts().places) ids.push_back(place.id);
    return ids;
}

/// "1", "2" …: vehicles as the scene lists them.
std::vector<std::string> vehicleNames(const Plant& plant) {
    std::vector<std::string> names;
    const std::size_t count = plant.traffic() == nullptr ? 0 : plant.traffic()->count();
    for (std::size_t v = 1; v <= count; ++v) names.push_back(fmt::format("vehicle {}", v));
    return names;
}

/// Tyres from the front axle on, left to right.
std::vector<std::string> tyreNames(const Plant& plant) {
    std::vector<std::string> names;
    const std::vector<std::string> vehicles = vehicleNames(plant);
    for (std::size_t v = 0; v < vehicles.size(); ++v) {
        const auto& axles = plant.traffic()->vehicle(v).model().axles;
        for (std::size_t a = 0; a < axles.size(); ++a) {
            for (int t = 1; t <= axles[a].tyres(); ++t) {
                names.push_back(fmt::format("{} axle {} tyre {}", vehicles[v], a + 1, t));
            }
        }
    }
    return names;
}

RecordingHead headOf(const Scene& scene) {
    return {"jianheng",  programVersion(), programCommit(),   scene.name,
            scene.title, scene.seed,       scene.resolvedYaml};
}

}  // namespace

SceneRecorder::SceneRecorder(ScenePlay& play, const std::filesystem::path& file)
    : play_{play}, recording_{file, headOf(play.scene())} {
    steps_ = recording_.add("steps", stepSignals(), stepRows);
    windows_ = recording_.add("windows", windowSignals(), leastRows);
    play_.plant().onStep = [this](SimTime at) { step(at); };
}

SceneRecorder::~SceneRecorder() {
    play_.plant().onStep = nullptr;
}

std::vector<RecordedSignal> SceneRecorder::stepSignals() const {
    const Plant& plant = play_.plant();
    std::vector<RecordedSignal> signals{
        {"cell_force_N", "N", "D", "force on each cell, compression positive", cellIds(plant)},
        {"sideways_x_m", "m", "D", "deck in its plane, from where it was set up", {}},
        {"sideways_y_m", "m", "D", "deck in its plane, from where it was set up", {}},
        {"sideways_yaw_rad", "rad", "D", "deck in its plane, about z", {}},
        {"mass_on_deck_kg",
         "kg",
         "",
         "true mass: weights at rest and static loads of the axles on "
         "the deck",
         {}}};
    if (play_.scene().craneAt) {
        signals.push_back({"hook_m",
                           "m",
                           "D",
                           "weight on the hook: place and height of its base above the deck",
                           {"x", "y", "height"}});
        signals.push_back({"rope_force_N", "N", "", "pull of the crane's rope", {}});
        signals.push_back({"foot_force_N",
                           "N",
                           "D",
                           "of the hooked weight's feet on the deck, down positive",
                           {"front left", "front right", "rear left", "rear right"}});
    }
    if (plant.traffic() == nullptr) return signals;
    signals.push_back({"front_axle_m", "m", "D", "x of each front axle", vehicleNames(plant)});
    signals.push_back(
        {"speed_m_s", "m/s", "vehicle", "of each vehicle, forward positive", vehicleNames(plant)});
    signals.push_back(
        {"wheel_force_N", "N", "D", "of each tyre on the road, down positive", tyreNames(plant)});
    return signals;
}

std::vector<RecordedSignal> SceneRecorder::windowSignals() const {
    const std::vector<std::string> cells = cellIds(play_.plant());
    return {{"cell_ratio_V_V", "V/V", "", "mean bridge ratio of each cell by itself", cells},
            {"terminals_V_V", "V/V", "", "mean bridge ratio at the indicator's terminals", {}},
            {"wind_m_s", "m/s", "", "wind as the deck feels it at the window's end", {}},
            {"wind_across_m_s", "m/s", "D", "its part towards +y", {}},
            {"temperature_degC", "degC", "", "of the air", {}},
            {"deposits_kg_m2", "kg/m2", "", "water, snow, ice and mud on the deck", {}}};
}

void SceneRecorder::step(SimTime at) {
    const Plant& plant = play_.plant();
    row_.clear();
    for (const Force force : plant.cellForces()) row_.push_back(force.si());
    const SidewaysState& sideways = plant.sideways();
    for (const double part :
         {sideways.x_m, sideways.y_m, sideways.yaw_rad, plant.massOnDeck().si()}) {
        row_.push_back(part);
    }
    if (play_.scene().craneAt) hookRow(plant.hook());
    if (const VehicleWorld* traffic = plant.traffic()) {
        const std::size_t count = traffic->count();
        for (std::size_t v = 0; v < count; ++v) {
            row_.push_back(traffic->vehicle(v).frontAxle().si());
        }
        for (std::size_t v = 0; v < count; ++v) row_.push_back(traffic->vehicle(v).speed().si());
        for (std::size_t v = 0; v < count; ++v) {
            for (const WheelForce& wheel : traffic->vehicle(v).wheels()) {
                row_.push_back(wheel.down.si());
            }
        }
    }
    recording_.row(steps_, at, row_);
    lastStep_ = at;
}

/// Nothing but zeros while no weight hangs near the deck.
void SceneRecorder::hookRow(const HookLoad* hook) {
    if (hook == nullptr) {
        row_.insert(row_.end(), 4 + HookLoad::feet, 0.0);
        return;
    }
    const PlanePoint place = hook->place();
    for (const double part : {place.x.si(), place.y.si(), hook->height().si(), hook->rope().si()}) {
        row_.push_back(part);
    }
    for (const WheelForce& foot : hook->footForces()) row_.push_back(foot.down.si());
}

void SceneRecorder::window(BridgeRatio terminals) {
    const Plant& plant = play_.plant();
    const SimTime now = plant.now();
    if (lastStep_ != now) step(now);
    row_.clear();
    for (const BridgeRatio ratio : plant.cellOutputs()) row_.push_back(ratio.si());
    const Weather& weather = plant.weather();
    for (const double part : {terminals.si(), weather.windSpeed().si(), weather.windAcross().si(),
                              weather.ambient().si(), weather.deposits_kg_m2()}) {
        row_.push_back(part);
    }
    recording_.row(windows_, now, row_);
    if (now - flushed_ < 1s || recording_.rowsWaiting(steps_) < leastRows) return;
    recording_.flush();
    flushed_ = now;
}

SceneCsv::SceneCsv(ScenePlay& play, const std::string& file)
    : play_{play}, file_{file}, out_{std::fopen(file.c_str(), "wb")} {
    if (out_ == nullptr) {
        problem_ = fmt::format("{}: {}", file, std::strerror(errno));
        return;
    }
    const std::vector<std::string> cells = cellIds(play.plant());
    fmt::print(out_, "time s,terminals mV/V");
    for (const std::string& id : cells) fmt::print(out_, ",cell {} mV/V", id);
    for (const std::string& id : cells) fmt::print(out_, ",mean force {} N", id);
    fmt::print(out_, ",mass on deck kg,wind m/s,temperature degC,deposits kg/m2\n");
}

SceneCsv::~SceneCsv() {
    finish();
}

void SceneCsv::window(BridgeRatio terminals) {
    if (out_ == nullptr) return;
    const Plant& plant = play_.plant();
    constexpr double perMilli = 1e3;
    fmt::print(out_, "{:.4f},{:.9f}", seconds(plant.now()), terminals.si() * perMilli);
    for (const BridgeRatio r : plant.cellOutputs()) fmt::print(out_, ",{:.9f}", r.si() * perMilli);
    for (const Force f : plant.meanCellForces()) fmt::print(out_, ",{:.3f}", f.si());
    fmt::print(out_, ",{:.3f},{:.3f},{:.3f},{:.5f}\n", plant.massOnDeck().si(),
               plant.weather().windSpeed().si(), plant.weather().ambient().si(),
               plant.weather().deposits_kg_m2());
}

void SceneCsv::finish() {
    if (out_ == nullptr) return;
    const bool whole = std::ferror(out_) == 0;
    const bool closed = std::fclose(out_) == 0;
    out_ = nullptr;
    if (problem_.empty() && !(whole && closed)) problem_ = file_ + ": cannot be written";
}

ScenePlot::ScenePlot(ScenePlay& play)
    : play_{play}, lines_{play.scene().scale.deck.supportLines.size()} {
    const Plant& plant = play.plant();
    const Acceleration gravity = plant.parts().site.gravity;
    plot_.title = play.scene().title;
    plot_.xTitle = "time, s";
    plot_.yTitle = "load seen from the empty deck, kg";
    for (std::size_t line = 0; line < lines_; ++line) {
        plot_.series.push_back({fmt::format("cells {0}L + {0}R", line + 1), {}, false});
        const Force dead = plant.cellForces()[2 * line] + plant.cellForces()[2 * line + 1];
        dead_kg_.push_back(massOf(dead, gravity).si());
    }
    plot_.series.push_back({"true mass on deck", {}, false});
    plot_.series.push_back({"all cells", {}, true});
}

double ScenePlot::line_kg(std::size_t line) const {
    const Plant& plant = play_.plant();
    const auto means = plant.meanCellForces();
    const Force pair = means[2 * line] + means[2 * line + 1];
    return massOf(pair, plant.parts().site.gravity).si() - dead_kg_[line];
}

void ScenePlot::window() {
    plot_.x.push_back(seconds(play_.plant().now()));
    double sum_kg = 0.0;
    for (std::size_t line = 0; line < lines_; ++line) {
        plot_.series[line].y.push_back(line_kg(line));
        sum_kg += plot_.series[line].y.back();
    }
    plot_.series[lines_].y.push_back(play_.plant().massOnDeck().si());
    plot_.series[lines_ + 1].y.push_back(sum_kg);
}

}  // namespace jh
