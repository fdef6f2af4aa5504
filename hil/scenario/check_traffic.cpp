// SPDX-License-Identifier: GPL-3.0-or-later
// Vehicles of a scene against each other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/scenario/describe_scene.h"

namespace jh {

namespace {

/// Drivers that come nearer than this to each other hit: they stop some 0.3 m off their mark.
constexpr double leastDistance_m = 1.0;

struct Interval {
    double from{}, to{};
    bool meets(const Interval& other) const { return from < other.to && other.from < to; }
    Interval with(const Interval& other) const {
        return {std::min(from, other.from), std::max(to, other.to)};
    }
};

/// From tail to nose along x, with the front axle there.
Interval lengthOf(const VehicleModel& vehicle, bool againstX, double frontAxle_m) {
    const double nose = againstX ? -1.0 : 1.0;
    const double front_m = frontAxle_m + nose * vehicle.frontOverhang.si();
    const double rear_m =
        frontAxle_m - nose * (vehicle.axles.back().position + vehicle.rearOverhang).si();
    return {std::min(front_m, rear_m), std::max(front_m, rear_m)};
}

/// Where a driver means to be: pieces of steady acceleration, as sim/vehicle/drive_plan.h drives.
class Timetable {
public:
    explicit Timetable(const SceneDrive& drive) : x_m_{drive.from.frontAxle.si()} {
        double v_m_s = drive.speed.si();
        for (const SceneStop& stop : drive.stops) {
            roll(drive, stop.at.si(), v_m_s, true);
            go(1.0, 0.0, 0.0, seconds(stop.wait));
            v_m_s = 0.0;
        }
        leaves_ = drive.leaveTo.has_value();
        if (leaves_) roll(drive, drive.leaveTo->si(), v_m_s, false);
    }

    double end_s() const { return end_s_; }
    /// Who has come to where it leaves to is gone.
    bool goneAt(double t_s) const { return leaves_ && t_s >= end_s_; }
    double frontAxle_m(double t_s) const {
        const auto next = std::upper_bound(pieces_.begin(), pieces_.end(), t_s,
                                           [](double t, const Piece& p) { return t < p.begin_s; });
        const Piece& now = *std::prev(next);
        const double in_s = std::min(t_s, end_s_) - now.begin_s;
        return now.x_m + in_s * (now.v_m_s + in_s * now.a_m_s2 / 2.0);
    }

private:
    struct Piece {
        double begin_s{}, x_m{}, v_m_s{}, a_m_s2{};
    };
    void go(double way, double v_m_s, double a_m_s2, double lasts_s) {
        pieces_.push_back({end_s_, x_m_, way * v_m_s, way * a_m_s2});
        x_m_ += way * lasts_s * (v_m_s + lasts_s * a_m_s2 / 2.0);
        end_s_ += lasts_s;
    }
    /// Speeds up as far as there is room, goes on and, if it is to stop, brakes.
    void roll(const SceneDrive& drive, double to_m, double v_m_s, bool stops) {
        const double a = drive.acceleration.si(), b = drive.deceleration.si();
        const double way = to_m < x_m_ ? -1.0 : 1.0, far_m = std::fabs(to_m - x_m_);
        const double room = stops ? (2.0 * a * b * far_m + b * v_m_s * v_m_s) / (a + b)
                                  : 2.0 * a * far_m + v_m_s * v_m_s;
        const double top_m_s = std::min(drive.speed.si(), std::max(v_m_s, std::sqrt(room)));
        go(way, v_m_s, a, (top_m_s - v_m_s) / a);
        const double braking_m = stops ? top_m_s * top_m_s / (2.0 * b) : 0.0;
        const double steady_m = std::fabs(to_m - x_m_) - braking_m;
        go(way, top_m_s, 0.0, std::max(0.0, steady_m) / top_m_s);
        if (stops) go(way, top_m_s, -b, top_m_s / b);
    }

    std::vector<Piece> pieces_;
    double x_m_{}, end_s_{};
    bool leaves_{};
};

/// Where a vehicle is at the start, and all it passes.
struct Way {
    bool known{};
    Interval start, all, breadth;
};

Way wayOf(const Fields& fields, const SceneVehicle& v, bool sound, const std::string& path) {
    if (!sound || !fields.sound({path.c_str()})) return {};
    const ScenePlace& at = v.park ? v.park->at : v.drive->from;
    const double half_m = v.vehicle.width.si() / 2.0, lateral_m = at.lateral.si();
    Way way{true,
            lengthOf(v.vehicle, at.againstX, at.frontAxle.si()),
            {},
            {lateral_m - half_m, lateral_m + half_m}};
    way.all = way.start;
    if (!v.drive) return way;
    for (const SceneStop& stop : v.drive->stops) {
        way.all = way.all.with(lengthOf(v.vehicle, at.againstX, stop.at.si()));
    }
    if (v.drive->leaveTo) {
        way.all = way.all.with(lengthOf(v.vehicle, at.againstX, v.drive->leaveTo->si()));
    }
    return way;
}

/// When two that drive come too near to each other, if they do.
std::optional<double> collision_s(const SceneVehicle& a, const SceneVehicle& b, SimTime duration) {
    constexpr double step_s = 0.1;  // in which nobody passes through the length of another
    const Timetable ofA{*a.drive}, ofB{*b.drive};
    const double end_s = std::min(seconds(duration), std::max(ofA.end_s(), ofB.end_s()));
    for (int i = 0; i * step_s <= end_s; ++i) {
        const double t_s = i * step_s;
        if (ofA.goneAt(t_s) || ofB.goneAt(t_s)) return {};
        Interval room = lengthOf(a.vehicle, a.drive->from.againstX, ofA.frontAxle_m(t_s));
        room = {room.from - leastDistance_m, room.to + leastDistance_m};
        if (room.meets(lengthOf(b.vehicle, b.drive->from.againstX, ofB.frontAxle_m(t_s)))) {
            return t_s;
        }
    }
    return {};
}

/// What is wrong between one vehicle and an earlier one; empty: nothing.
std::string clash(const Scene& scene, std::size_t i, std::size_t k, const Way& here,
                  const Way& there, bool durationKnown) {
    const SceneVehicle &a = scene.vehicles[i], &b = scene.vehicles[k];
    if (!here.breadth.meets(there.breadth)) return {};
    if (here.start.meets(there.start)) return fmt::format("begins where vehicles[{}] is", k);
    if (!here.all.meets(there.all)) return {};
    if (a.park && b.drive) return fmt::format("stands in the way of vehicles[{}]", k);
    if (a.drive && b.park) {
        return fmt::format("would drive through vehicles[{}], which stands there", k);
    }
    if (a.park || !durationKnown) return {};
    const auto at_s = collision_s(a, b, scene.duration);
    if (!at_s) return {};
    return fmt::format("comes within {} m of vehicles[{}] after {:.0f} s", leastDistance_m, k,
                       *at_s);
}

}  // namespace

void checkTraffic(const Fields& fields, const Scene& scene, const SoundScene& sound) {
    const bool durationKnown = fields.sound({"duration"});
    std::vector<Way> ways;
    for (std::size_t i = 0; i < scene.vehicles.size(); ++i) {
        const std::string path = fmt::format("vehicles[{}]", i);
        ways.push_back(wayOf(fields, scene.vehicles[i], sound.vehicles[i], path));
        for (std::size_t k = 0; k < i; ++k) {
            if (!ways[i].known || !ways[k].known) continue;
            const std::string what = clash(scene, i, k, ways[i], ways[k], durationKnown);
            if (what.empty()) continue;
            fields.problem(path + (scene.vehicles[i].park ? ".park" : ".drive"), what);
        }
    }
}

}  // namespace jh
