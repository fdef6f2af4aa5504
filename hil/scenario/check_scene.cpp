// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/scenario/describe.h"
#include "hil/scenario/describe_scene.h"
#include "sim/model/weights_model.h"

namespace jh {

namespace {

/// One scene with the place where its problems are told.
struct Told {
    const Fields& fields;
    const Scene& scene;
    const SoundScene& sound;

    bool right(const std::string& path) const { return fields.sound({path.c_str()}); }
    /// How long it takes to set a weight down, or to lift it.
    SimTime takes(const SceneWeight& w) const {
        return w.hook && scene.truck && scene.truck->crane ? hookTime(*scene.truck->crane)
                                                           : w.takes;
    }
    double deck_m() const { return scene.scale.deck.length().si(); }
};

std::string vehiclePath(std::size_t i) {
    return fmt::format("vehicles[{}]", i);
}

/// Wheels beside the deck would stand in the pit.
void checkLateral(const Told& told, const std::string& path, const VehicleModel& vehicle,
                  Length lateral) {
    if (!told.right(path)) return;
    const double half_m = told.scene.scale.deck.width.si() / 2.0;
    double reach_m = 0.0;
    for (const AxleModel& axle : vehicle.axles) {
        const double outer_m = (axle.track + (axle.dual ? axle.dualSpacing : Length{})).si() / 2.0;
        reach_m = std::max(reach_m, outer_m);
    }
    if (std::abs(lateral.si()) + reach_m <= half_m) return;
    told.fields.problem(
        path, fmt::format("puts wheels beside the deck, whose edges are at +-{} m", half_m));
}

void checkParking(const Told& told, std::size_t i, const SceneVehicle& vehicle) {
    const SceneParking& parking = *vehicle.park;
    const std::string path = vehiclePath(i) + ".park";
    checkLateral(told, path + ".lateral", vehicle.vehicle, parking.at.lateral);
    if (!told.right(path + ".front_axle") || !told.right(path + ".heading")) return;
    const double back = parking.at.againstX ? 1.0 : -1.0;
    int off = 0;
    for (const AxleModel& axle : vehicle.vehicle.axles) {
        const double x_m = (parking.at.frontAxle + axle.position * back).si();
        off += x_m < 0.0 || x_m > told.deck_m() ? 1 : 0;
    }
    if (off == 0 || parking.partlyOff) return;
    told.fields.problem(
        path + ".front_axle",
        fmt::format("{} of {} axles would stand beside the deck, which ends at {} m;"
                    " if that is meant, say `partly_off: yes`",
                    off, vehicle.vehicle.axles.size(), told.deck_m()));
}

void checkReach(const Told& told, const std::string& path, Length frontAxle, const char* what) {
    const double reach_m = approachLength.si(), x_m = frontAxle.si();
    if (!told.right(path) || (x_m >= -reach_m && x_m <= told.deck_m() + reach_m)) return;
    told.fields.problem(path, fmt::format("{} beyond the approaches: expected {} m to {} m", what,
                                          -reach_m, told.deck_m() + reach_m));
}

void checkDrive(const Told& told, std::size_t i, const SceneVehicle& vehicle) {
    const SceneDrive& drive = *vehicle.drive;
    const std::string path = vehiclePath(i) + ".drive";
    checkLateral(told, path + ".lateral", vehicle.vehicle, drive.from.lateral);
    checkReach(told, path + ".from", drive.from.frontAxle, "begins");
    for (std::size_t s = 0; s < drive.stops.size(); ++s) {
        checkReach(told, fmt::format("{}.stops[{}].at", path, s), drive.stops[s].at, "stops");
    }
    if (!drive.leaveTo) return;
    // Far enough for the last axle to leave too.
    const double length_m = vehicle.vehicle.axles.back().position.si() + approachLength.si();
    const double x_m = drive.leaveTo->si();
    if (!told.right(path + ".leave_to") || (x_m >= -length_m && x_m <= told.deck_m() + length_m)) {
        return;
    }
    told.fields.problem(path + ".leave_to", fmt::format("too far: expected {} m to {} m", -length_m,
                                                        told.deck_m() + length_m));
}

bool soundWeight(const Told& told, std::size_t i) {
    return told.right(fmt::format("weights[{}]", i));
}

void checkWeightPlace(const Told& told, std::size_t i) {
    const std::string path = fmt::format("weights[{}]", i);
    const SceneWeight& w = told.scene.weights[i];
    if (!told.right(path + ".mass") || !told.right(path + ".at")) return;
    const double half_m = w.footprint().si() / 2.0;
    const double edge_m = told.scene.scale.deck.width.si() / 2.0;
    const double x_m = w.x.si(), y_m = w.y.si();
    const bool lies =
        x_m >= half_m && x_m <= told.deck_m() - half_m && std::abs(y_m) <= edge_m - half_m;
    if (lies) return;
    told.fields.problem(path + ".at",
                        fmt::format("not on the deck with its {:.2f} m: expected x from {:.2f} to "
                                    "{:.2f} m, y from {:.2f} to {:.2f} m",
                                    2.0 * half_m, half_m, told.deck_m() - half_m, half_m - edge_m,
                                    edge_m - half_m));
}

void checkWeightTimes(const Told& told, std::size_t i) {
    // Hands that let go of a weight need a moment before they take hold of it again.
    constexpr SimTime breath = 1s;
    const std::string path = fmt::format("weights[{}]", i);
    const SceneWeight& w = told.scene.weights[i];
    if (!told.right("duration")) return;
    if (told.right(path + ".down") && w.down >= told.scene.duration) {
        told.fields.problem(path + ".down", "comes after the scene's end");
    }
    if (!w.up || !told.right(path + ".up") || !told.right(path + ".down")) return;
    if (*w.up < w.down + told.takes(w) + breath) {
        told.fields.problem(path + ".up",
                            fmt::format("must be {} s or later: down, the time that takes, and a "
                                        "second at rest",
                                        seconds(w.down + told.takes(w) + breath)));
    } else if (*w.up >= told.scene.duration) {
        told.fields.problem(path + ".up", "comes after the scene's end");
    }
}

void checkOverlap(const Told& told, std::size_t i, std::size_t k) {
    const SceneWeight &a = told.scene.weights[i], &b = told.scene.weights[k];
    const double room_m = ((a.footprint() + b.footprint()) / 2.0).si();
    // Footprints that touch do not overlap.
    constexpr double touch_m = 1e-6;
    const auto near = [&](Length p, Length q) { return std::abs((p - q).si()) < room_m - touch_m; };
    const auto gone = [&](const SceneWeight& w) {
        return w.up ? *w.up + told.takes(w) : SimTime::max();
    };
    if (!near(a.x, b.x) || !near(a.y, b.y) || a.down >= gone(b) || b.down >= gone(a)) return;
    told.fields.problem(
        fmt::format("weights[{}].at", i),
        fmt::format("overlaps weights[{}]: {:.2f} and {:.2f} m wide, {:.2f} m apart", k,
                    a.footprint().si(), b.footprint().si(),
                    std::max(std::abs((a.x - b.x).si()), std::abs((a.y - b.y).si()))));
}

/// From when to when the hook is busy near the deck, and what the scene says so.
struct HookBusy {
    std::string place;
    SimTime from, to;
};

/// The crane where it stands, and every weight on its hook.
void checkCrane(const Told& told) {
    const Scene& scene = told.scene;
    bool wanted = false;
    for (const SceneWeight& w : scene.weights) wanted |= w.hook;
    if (!wanted && !scene.craneAt) return;
    if (!scene.truck || !scene.craneAt) {
        return told.fields.problem(scene.truck ? "crane_at" : "test_truck",
                                   "is missing: a weight on a hook hangs on a crane that stands "
                                   "somewhere");
    }
    if (!told.sound.truck || !told.right("crane_at")) return;
    if (!scene.truck->crane) {
        return told.fields.problem("test_truck", "has no crane");
    }
    const CraneModel& crane = *scene.truck->crane;
    const double feet_m = std::abs(scene.craneAt->y.si()) - crane.outriggerSpread.si() / 2.0;
    const double edge_m = scene.scale.deck.width.si() / 2.0;
    if (feet_m <= edge_m) {
        told.fields.problem("crane_at",
                            fmt::format("an outrigger would stand {:.2f} m from the deck's centre "
                                        "line; the deck reaches to {} m and nothing may touch it",
                                        feet_m, edge_m));
    }
    const SimTime takes = hookTime(crane);
    std::vector<HookBusy> busy;
    for (std::size_t i = 0; i < scene.weights.size(); ++i) {
        const SceneWeight& w = scene.weights[i];
        const std::string path = fmt::format("weights[{}]", i);
        if (!w.hook || !told.right(path)) continue;
        const double radius_m =
            std::hypot((w.x - scene.craneAt->x).si(), (w.y - scene.craneAt->y).si());
        const Mass most = crane.mostAt(Length{radius_m});
        if (most == Mass{}) {
            told.fields.problem(path + ".at",
                                fmt::format("{:.2f} m from the crane, which reaches {} m", radius_m,
                                            crane.reach().si()));
        } else if (w.mass > most) {
            told.fields.problem(path + ".mass",
                                fmt::format("{:.2f} m from the crane its load chart allows {} kg",
                                            radius_m, most.si()));
        }
        busy.push_back({path + ".down", w.down, w.down + takes});
        if (w.up) busy.push_back({path + ".up", *w.up, *w.up + takes});
    }
    for (std::size_t i = 0; i < busy.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const HookBusy& first = busy[k];
            if (busy[i].from >= first.to || first.from >= busy[i].to) continue;
            told.fields.problem(busy[i].place,
                                fmt::format("the hook is busy with {} from {} s to {} s",
                                            first.place, seconds(first.from), seconds(first.to)));
        }
    }
}

/// A scene ends at the terminals.
void checkFaultsOfScene(const Told& told) {
    Scenario around;
    around.scale = told.scene.scale;
    around.faults = told.scene.faults;
    checkFaults(told.fields, around, {true, false, false}, !told.scene.vehicles.empty());
    for (std::size_t i = 0; i < told.scene.faults.size(); ++i) {
        const Fault& fault = told.scene.faults[i];
        const std::string path = fmt::format("faults[{}]", i);
        if (!told.right(path)) continue;
        const bool beyond = std::visit(
            [](const auto& what) {
                using What = std::decay_t<decltype(what)>;
                return std::is_same_v<What, AddressesSwappedFault> ||
                       std::is_same_v<What, CellSilentFault> ||
                       std::is_same_v<What, WeightsWrongFault> ||
                       std::is_same_v<What, HookLoadFault> ||
                       std::is_same_v<What, PartlyOffFault> ||
                       std::is_same_v<What, MaterialLeakFault> ||
                       std::is_same_v<What, ZeroTrackingFault> ||
                       std::is_same_v<What, RoundingHysteresisFault> ||
                       std::is_same_v<What, SecondDisplayFault> ||
                       std::is_same_v<What, ConverterFault>;
            },
            fault.what);
        if (beyond) {
            told.fields.problem(path + ".kind",
                                "acts on verification weights or behind the terminals; a scene has "
                                "neither");
        }
    }
}

}  // namespace

Length SceneWeight::footprint() const {
    return blockSize(mass).side;
}

void checkScene(const Fields& fields, const Scene& scene, const SoundScene& sound) {
    const Told told{fields, scene, sound};
    const int rate_Hz = scene.conversionRate_Hz;
    if (told.right("conversion_rate") && rate_Hz != 10 && rate_Hz != 80) {
        fields.problem("conversion_rate", "expected 10 Hz or 80 Hz");
    }
    for (std::size_t i = 0; i < scene.weights.size(); ++i) checkWeightTimes(told, i);
    if (!sound.scale) return;
    for (std::size_t i = 0; i < scene.vehicles.size(); ++i) {
        if (!sound.vehicles[i]) continue;
        if (scene.vehicles[i].park) checkParking(told, i, scene.vehicles[i]);
        if (scene.vehicles[i].drive) checkDrive(told, i, scene.vehicles[i]);
    }
    checkTraffic(fields, scene, sound);
    for (std::size_t i = 0; i < scene.weights.size(); ++i) {
        checkWeightPlace(told, i);
        for (std::size_t k = 0; k < i; ++k) {
            if (soundWeight(told, i) && soundWeight(told, k)) checkOverlap(told, i, k);
        }
    }
    checkCrane(told);
    checkFaultsOfScene(told);
}

}  // namespace jh
