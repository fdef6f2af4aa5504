// SPDX-License-Identifier: GPL-3.0-or-later
// What pushes on the deck from outside, and what stands on it.
#include <algorithm>
#include <cmath>

#include "sim/plant/plant.h"
#include "sim/site/wind_force.h"

namespace jh {

namespace {

/// Dry contacts yield this much before they slip (estimate).
constexpr double rubbingStiffness_N_m = 1e7;
/// A vehicle slower than this stands, and its braked wheels take it along with the deck.
constexpr double standing_m_s = 0.01;
/// Height of the deck's edge that wind from the side finds, and its drag.
constexpr double edgeHeight_m = 0.35, edgeDrag = 1.2;
/// Of a cube in the wind.
constexpr double blockDrag = 1.05;

/// Rises from 0 to 1 with speed and acceleration zero at both ends (minimum jerk).
double smoothRise(double x) {
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    return x * x * x * (10.0 + x * (-15.0 + 6.0 * x));
}

double share(SimTime part, SimTime whole) {
    return static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

}  // namespace

/// The approaches and the deck under wheels: as the road says, and lower where the deck sags.
class Plant::Road : public RoadSurface {
public:
    explicit Road(const Plant& plant) : plant_{plant}, length_m_{plant.scale_.deck.length().si()} {}
    void survey(std::span<RoadPoint> points) const override {
        if (plant_.road_) {
            plant_.road_->survey(points);
        } else {
            for (RoadPoint& point : points) point.up_m = point.up_m_s = 0.0;
        }
        for (RoadPoint& point : points) {
            if (point.x_m < 0.0 || point.x_m > length_m_) continue;
            const DeckSolver::Sag sag =
                plant_.deck_.sag(plant_.deckState_, plant_.emptyState_, point.x_m, point.y_m);
            point.up_m -= sag.down_m;
            point.up_m_s -= sag.down_m_s;
        }
    }

private:
    const Plant& plant_;
    double length_m_;
};

void Plant::moveTraffic(double dt_s) {
    if (!traffic_) return;
    const Length begin{}, end = scale_.deck.length();
    for (std::size_t i = 0; i < traffic_->count(); ++i) {
        Vehicle& vehicle = traffic_->vehicle(i);
        const auto& driver = traffic_->driver(i);
        const bool gone = driver && driver->doing() == Driver::Doing::gone;
        if (gone && !traffic_->retired(i) && !vehicle.standsBetween(begin, end)) {
            traffic_->retire(i);
        }
        WindLoad wind = sideWind(vehicle.model(), weather_.windAcross());
        wind.lift = wind.lift + parts_.kerbLift;
        vehicle.setWind(wind);
    }
    if (trafficMoves() || !weather_.calm() || !resting_) traffic_->step(Road{*this}, dt_s);
}

/// What is shovelled or lifted onto vehicles bears more and more.
void Plant::loadVehicles(SimTime at) {
    for (Loading& loading : loading_) {
        if (at <= loading.start) continue;
        const Mass due = loading.change * smoothRise(share(at - loading.start, loading.duration));
        traffic_->load(loading.vehicle, due - loading.done);
        loading.done = due;
    }
    std::erase_if(loading_, [at](const Loading& l) { return at >= l.start + l.duration; });
}

void Plant::moveHook(double dt_s) {
    if (!hook_) return;
    for (RoadPoint& point : hook_->load.ground()) {
        const DeckSolver::Sag sag = deck_.sag(deckState_, emptyState_, point.x_m, point.y_m);
        point.up_m = -sag.down_m;
        point.up_m_s = -sag.down_m_s;
    }
    const BlockSize& size = hook_->load.plan().size;
    const Area side{size.side.si() * size.height.si()};
    hook_->load.step(windForce(weather_.air(), weather_.windAcross(), blockDrag, side), dt_s);
}

/// The load vector of a whole move, as it will be with all of it on the deck.
void Plant::weigh(Move& move) const {
    move.load_N = deck_.loadVector({});
    for (const Piece& piece : move.pieces) {
        const Weight& w = piece.weight;
        const Force weight = weightOf(w.mass, parts_.site.gravity);
        deck_.addLoad(move.load_N, {w.x, w.y, weight - w.heldUp});
    }
}

void Plant::gatherForces(SimTime at) {
    std::copy(standing_N_.begin(), standing_N_.end(), pushing_N_.begin());
    sidePushes_.clear();
    for (const Piece& piece : onDeck_) {
        if (piece.weight.heldUp == Force{}) continue;
        deck_.addLoad(pushing_N_, {piece.weight.x, piece.weight.y, -piece.weight.heldUp});
    }
    gatherMoves(at);
    gatherWeather();
    gatherTraffic();
    gatherFriction();
}

/// Pieces between hand and deck.
void Plant::gatherMoves(SimTime at) {
    for (const Move& move : moves_) {
        if (at <= move.start) continue;
        const double risen = smoothRise(share(at - move.start, move.duration));
        const double part = move.landing ? risen : 1.0 - risen;
        for (std::size_t i = 0; i < pushing_N_.size(); ++i) pushing_N_[i] += part * move.load_N[i];
    }
}

void Plant::gatherWeather() {
    double even_N = weightOf(slowMass_, parts_.site.gravity).si();
    if (weather_.windSpeed() != Speed{}) {
        const DeckModel& deck = parts_.deck;
        const Area area{deck.length().si() * deck.width.si()};
        // Sucks at the deck as at a roof.
        even_N -= windForce(weather_.air(), weather_.windSpeed(), deckCoefficient, area).si();
        const Area edge{deck.length().si() * edgeHeight_m};
        const Force across = windForce(weather_.air(), weather_.windAcross(), edgeDrag, edge);
        sidePushes_.push_back({deck.length() / 2.0, Length{}, Force{}, across});
    }
    // The ground sinks away under everything that stands on it.
    const double shaken = -weather_.baseAcceleration().si() / parts_.site.gravity.si();
    if (shaken != 0.0) {
        const std::span<const double> weight_N = deck_.weightVector();
        for (std::size_t i = 0; i < pushing_N_.size(); ++i) pushing_N_[i] += shaken * weight_N[i];
    }
    if (even_N == 0.0) return;
    for (std::size_t i = 0; i < pushing_N_.size(); ++i) pushing_N_[i] += even_N * even_N_[i];
}

/// Wheels, and the feet of a weight under a rope.
void Plant::gatherTraffic() {
    for (std::size_t i = 0; traffic_ && i < traffic_->count(); ++i) {
        if (traffic_->retired(i)) continue;
        for (const WheelForce& wheel : traffic_->vehicle(i).wheels()) gatherWheel(wheel);
    }
    if (!hook_) return;
    for (const WheelForce& foot : hook_->load.footForces()) gatherWheel(foot);
    const Force carried = hook_->piece.weight.heldUp;
    if (carried == Force{} || hook_->load.rope() > Force{}) return;
    deck_.addLoad(pushing_N_, {hook_->piece.weight.x, hook_->piece.weight.y, -carried});
}

void Plant::gatherWheel(const WheelForce& whole) {
    const WheelForce wheel = within(whole, Length{}, scale_.deck.length());
    if (wheel.down == Force{}) return;
    deck_.addLoad(pushing_N_, {wheel.x, wheel.y, wheel.down});
    sidePushes_.push_back({wheel.x, wheel.y, wheel.alongX, wheel.alongY});
}

double Plant::sagNow_m(Length x, Length y) const {
    return deck_.sag(deckState_, emptyState_, x.si(), y.si()).down_m;
}

/// Bumpers, check rods and whatever else holds the deck by friction, from where it is now.
void Plant::gatherFriction() {
    for (std::size_t i = 0; i < sideways_.holdCount(); ++i) {
        if (!sideways_.holds(sidewaysState_, i)) continue;
        const Length x = sideways_.holdX(i), y = sideways_.holdY(i);
        deck_.addLoad(pushing_N_, {x, y, -sideways_.hold(sidewaysState_, i, sagNow_m(x, y))});
    }
    for (Rubbing& rubbing : rubbing_) {
        const double sunk_m =
            rubbing.shape.dot(deckState_.u_m.data()) - rubbing.shape.dot(emptyState_.u_m.data());
        const double up_N = std::clamp(rubbingStiffness_N_m * (sunk_m - rubbing.slip_m),
                                       -rubbing.limit_N, rubbing.limit_N);
        rubbing.slip_m = sunk_m - up_N / rubbingStiffness_N_m;
        rubbing.shape.addTo(pushing_N_.data(), -up_N);
    }
}

/// Mass that comes and goes slowly, evenly over the deck.
Mass Plant::slowMass() const {
    const double area_m2 = scale_.deck.length().si() * scale_.deck.width.si();
    return parts_.deposit + Mass{weather_.deposits_kg_m2() * area_m2};
}

/// Rain falls, a tank leaks. True when it has become enough to look at the deck again.
bool Plant::followSlowLoads(SimTime window) {
    bool changed = false;
    const Mass grain = massOf(restTolerance_, parts_.site.gravity) / 4.0;
    const Mass slow = slowMass();
    if (std::abs((slow - slowMass_).si()) > grain.si()) {
        slowMass_ = slow;
        changed = true;
    }
    for (Piece& piece : onDeck_) {
        const Mass lost =
            std::min(piece.weight.mass, Mass{piece.weight.leaks_kg_h * seconds(window) / 3600.0});
        piece.weight.mass = piece.weight.mass - lost;
        leaked_ = leaked_ + lost;
    }
    if (leaked_ > grain) {
        leaked_ = Mass{};
        attachAll();
        changed = true;
    }
    return changed;
}

Mass Plant::trafficMassOnDeck(Traffic which) const {
    Mass sum;
    if (!traffic_) return sum;
    const Length begin{}, end = scale_.deck.length();
    for (std::size_t i = 0; i < traffic_->count(); ++i) {
        if (traffic_->retired(i)) continue;
        const Vehicle& vehicle = traffic_->vehicle(i);
        const bool stands = std::abs(vehicle.speed().si()) < standing_m_s;
        if (which == Traffic::standing && !stands) continue;
        const double backwards = vehicle.heading() == Heading::alongX ? -1.0 : 1.0;
        for (const AxleModel& axle : vehicle.model().axles) {
            const Length x = vehicle.frontAxle() + axle.position * backwards;
            if (x >= begin && x <= end) sum = sum + axle.load;
        }
    }
    return sum;
}

Mass Plant::weightsOnDeck() const {
    Mass sum;
    for (const Piece& piece : onDeck_) sum = sum + piece.weight.mass;
    return sum;
}

Mass Plant::massOnDeck() const {
    return trafficMassOnDeck(Traffic::all) + weightsOnDeck();
}

}  // namespace jh
