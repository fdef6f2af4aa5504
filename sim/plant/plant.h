// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/noise.h"
#include "sim/base/sim_time.h"
#include "sim/deck/sideways.h"
#include "sim/plant/plant_parts.h"
#include "sim/site/weather.h"
#include "sim/vehicle/hook_load.h"
#include "sim/vehicle/vehicle_world.h"

namespace jh {

/// Something with mass that is set down on the deck and lifted again. Frame D.
struct Weight {
    Length x, y;
    Mass mass;
    Force heldUp{};       ///< part of its weight that something beside the deck carries
    double leaks_kg_h{};  ///< mass it loses while it stands
};

/// Hashes of the parts of a plant, to name the part that differs between two runs.
struct PlantHashes {
    std::uint64_t deck{}, cells{}, loads{}, noise{};
};

/// The physical scale up to the indicator's terminals, with what stands on it and moves over it,
/// its weather and its faults. Advances in windows of one ADC conversion; inside a window it steps
/// at 1 kHz while something moves and jumps while everything rests.
class Plant {
public:
    /// Faults begin to act at their time; the deck is made for all of them.
    Plant(const ScaleModel& scale, const SiteModel& site, Seeds seeds,
          const std::vector<Fault>& faults = {});

    /// Faults that wait for this begin now. axle_on_deck the plant sees by itself.
    void happened(FaultStart event);
    /// Turns the trim of a cell so that it counts for this share more.
    void trim(std::size_t cell, double change);
    /// A radio beside the indicator: faults that wait for it act while it transmits.
    void transmit(bool on);

    /// The first fault of a kind that acts now, at its present size; for kinds that act outside the
    /// plant.
    template <class F>
    std::optional<F> acting() const {
        for (const Planned& planned : faults_) {
            if (planned.severity <= 0.0 || !std::holds_alternative<F>(planned.fault.what)) continue;
            return std::get<F>(scaled(planned.fault.what, planned.severity));
        }
        return std::nullopt;
    }

    /// From `start` on, for `duration`, the weights come to bear on the deck together; then they
    /// rest on it as attached masses. Returns their ids, by which lift() knows them.
    std::vector<int> setDown(std::span<const Weight> weights, SimTime start, SimTime duration);
    /// The reverse, for weights that will rest by `start`.
    void lift(std::span<const int> ids, SimTime start, SimTime duration);

    /// A crane sets one weight down from half a metre above the deck, from now on and for
    /// hookTime(); then it rests where it came down, as an attached mass. Returns its id.
    /// `base` is the height of what lies below it. Any hook hangs on one crane: one at a time.
    int lower(const Weight& weight, const HookPlan& plan);
    /// The reverse, for one weight at rest.
    void hoist(int id, const HookPlan& plan);
    /// Empty unless a weight hangs within half a metre of the deck.
    const HookLoad* hook() const { return hook_ ? &hook_->load : nullptr; }

    /// A vehicle that stands, and one that comes; its number among the traffic. `road` may be
    /// shared; empty: smooth and level.
    std::size_t park(const VehicleModel& vehicle, const Placement& at);
    std::size_t drive(const VehicleModel& vehicle, const DrivePlan& plan);
    /// Takes a vehicle that stands on to another place; where the plan starts does not count.
    void send(std::size_t vehicle, const DrivePlan& plan);
    /// Puts this much more onto a standing vehicle (or takes it off), over its centre of gravity.
    void load(std::size_t vehicle, Mass change, SimTime start, SimTime duration);
    /// Takes a vehicle out of the world: from the next step on it presses on nothing.
    void remove(std::size_t vehicle);
    void setRoad(std::shared_ptr<const RoadSurface> road) { road_ = std::move(road); }
    /// Empty while no vehicle has come.
    const VehicleWorld* traffic() const { return traffic_.get(); }

    /// Advances by one conversion time; the mean voltage ratio at the terminals during it.
    BridgeRatio convert(SimTime window);

    SimTime now() const { return now_; }
    /// Mass standing on the deck, deck itself and what the weather brings not counted.
    Mass massOnDeck() const;
    bool resting() const { return resting_; }
    /// Whether windows at rest may be jumped over. On unless a test compares.
    void allowRest(bool allowed) { restAllowed_ = allowed; }
    /// Cells without noise of their own, so that two ways of reading them can be compared.
    void allowNoise(bool allowed) { noiseAllowed_ = allowed; }
    PlantHashes hashes() const;

    /// At the end of the last window.
    std::span<const Force> cellForces() const { return {forces_.data(), cells().size()}; }
    /// Means over the last window.
    std::span<const Force> meanCellForces() const { return meanForces_; }
    /// Of every cell by itself in the last window; what digital cells convert.
    const std::vector<BridgeRatio>& cellOutputs() const { return outputs_; }
    /// Of the body of a cell.
    Temperature cellTemperature(std::size_t cell) const { return cellStates_[cell].temperature; }
    const SidewaysState& sideways() const { return sidewaysState_; }
    const Weather& weather() const { return weather_; }
    const PlantParts& parts() const { return parts_; }
    /// Called at the end of every step of the bodies, when set; for recordings.
    std::function<void(SimTime)> onStep;

private:
    struct Piece {
        int id{};
        Weight weight;
    };
    /// Pieces on their way between hand and deck. They push as a force while they move.
    struct Move {
        std::vector<Piece> pieces;
        bool landing{};
        bool begun{};  ///< a leaving piece no longer belongs to the deck
        SimTime start{}, duration{};
        std::vector<double> load_N;  ///< full weight as a load vector of the deck
        SimTime end() const { return start + duration; }
    };
    /// What hangs on the crane's hook.
    struct Hooked {
        HookLoad load;
        Piece piece;
        SimTime end{};
    };
    /// A load on its way onto a vehicle.
    struct Loading {
        std::size_t vehicle{};
        Mass change, done;
        SimTime start{}, duration{};
    };
    struct Planned {
        Fault fault;
        std::optional<SimTime> start;
        double severity{};
    };
    /// Dry friction between deck and something fixed: a spring that slips.
    struct Rubbing {
        Length x, y;
        double limit_N{}, slip_m{};
        ShapeVector shape;  ///< of the deck at this place
    };
    struct Broken {
        bool open{};
        SimTime until{};
        NoiseStream luck;
    };
    class Road;

    const std::vector<LoadCellModel>& cells() const { return parts_.cells; }
    // What is wrong, and the parts that follow from it (plant_faults.cpp).
    void followFaults();
    void rebuild();
    void rebuildDeck();
    void followConditions();
    void followLean();
    void followWires(SimTime at);
    bool wiresChanged(SimTime at);
    BridgeRatio pickup(SimTime from, SimTime to) const;
    Temperature deckWarmth() const;
    // One window.
    bool quietUntil(SimTime end) const;
    bool movesBefore(SimTime t) const;
    bool trafficMoves() const;
    void welcome();
    void stepThrough(SimTime window);
    void step(SimTime at, double dt_s);
    void finishMoves(SimTime at);
    void finishHook(SimTime at);
    void moveHook(double dt_s);
    void loadVehicles(SimTime at);
    void attachAll();
    void shiftDeck();
    // What pushes from outside (plant_loads.cpp).
    void moveTraffic(double dt_s);
    void weigh(Move& move) const;
    void gatherForces(SimTime at);
    void gatherMoves(SimTime at);
    void gatherWeather();
    void gatherTraffic();
    void gatherWheel(const WheelForce& wheel);
    void gatherFriction();
    double sagNow_m(Length x, Length y) const;  ///< below the empty deck
    bool followSlowLoads(SimTime window);
    Mass slowMass() const;
    enum class Traffic { all, standing };
    Mass trafficMassOnDeck(Traffic which) const;
    Mass weightsOnDeck() const;
    // Rest.
    void settleIfQuiet(SimTime at);
    void takeRest(DeckState rest);
    void followForces();

    ScaleModel scale_;
    Seeds seeds_;
    PlantParts healthy_, parts_;
    std::vector<Planned> faults_;

    std::vector<LoadCellState> cellStates_;
    std::vector<CellConditions> conditions_;
    std::vector<double> pressingShares_;  ///< of the force on each cell, as it leans
    std::vector<RelaxFactors> relaxFactors_;
    SimTime relaxWindow_{};
    SignalPath path_;
    WiringState wiringState_;
    std::vector<Broken> broken_;
    NoiseStream contactLuck_, shiftLuck_;
    double contactMood_{};
    SimTime wiresUntil_{};

    DeckSolver deck_;
    DeckState deckState_, emptyState_;
    std::vector<double> even_N_, standing_N_;  ///< 1 N all over; what people and hooks do
    std::vector<Rubbing> rubbing_;
    DeckSideways sideways_;
    SidewaysState sidewaysState_;
    Temperature sidewaysTemperature_;
    std::vector<SidewaysForce> sidePushes_;
    struct Shift {
        double x_m{}, y_m{};
    };
    std::vector<Shift> shifts_;  ///< per cell

    std::unique_ptr<VehicleWorld> traffic_;
    std::shared_ptr<const RoadSurface> road_;
    Weather weather_;
    Mass slowMass_, leaked_;

    std::vector<Piece> onDeck_;
    std::vector<Move> moves_;
    std::optional<Hooked> hook_;
    std::vector<Loading> loading_;
    int nextId_{1};
    SimTime now_{};
    bool resting_{}, restAllowed_{true}, noiseAllowed_{true};
    Force restTolerance_;
    std::vector<double> pushing_N_;
    std::vector<PointMass> attachedMasses_;
    std::vector<Force> forces_, meanForces_;  ///< forces of all supports; the cells' come first
    std::vector<BridgeRatio> outputs_;
    std::vector<NoiseStream> cellNoise_;
};

}  // namespace jh
