// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "sim/base/exact_mass.h"
#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

// The vocabulary of what can go wrong. Each struct is one thing with its physical size; which
// of them makes up which fault of the trade, with titles, typical values, signatures and the test
// that catches it, is data: scenarios/faults/. Places are in frame D.

// ---- Mechanics ---------------------------------------------------------------------------------

/// A stone, debris or an approach slab under the deck: a spring, and friction beside it.
struct DeckContactFault {
    Length x, y;
    Stiffness stiffness;
    Length gap;      ///< to the empty deck
    Force friction;  ///< most that rubbing holds, up or down
};
/// Mud or ice packed along both long edges: holds both ways, and rubs.
struct EdgeMudFault {
    double stiffness_N_m_m{};  ///< per metre of each edge
    double friction_N_m{};     ///< per metre of each edge
};
/// Bumpers set to another gap, negative presses.
struct StopGapFault {
    std::string stops{"ends"};  ///< "ends", "sides", "all" or one: "end1L"
    Length gap;
};
/// A check rod that is too tight or not level.
struct CheckRodFault {
    Length x, y;
    Force tension;
    double slope{};  ///< rise towards the foundation per length
};
/// The deck finds a new place after each heavy load: a broken check rod, play in a joint. The
/// mounts of the cells lean with it.
struct DeckShiftsFault {
    Length by;         ///< most, either way
    std::string line;  ///< only the cells of this line, "2"; empty: the whole deck
};
/// Rocker ends rusted or dry: the cell lags behind its load by this share of it.
struct RockerFrictionFault {
    std::string cell;
    double friction{};
};
/// Mount out of plumb by this much at its head.
struct CellTiltFault {
    std::string cell;
    Length offset;
};
/// Its pier has sunk, or a shim is missing.
struct SupportSettlementFault {
    std::string cell;
    Length depth;
};
/// Soft grout under the base plate: a spring in series with the cell.
struct SupportSoftnessFault {
    std::string cell;
    Stiffness stiffness;
};
/// The deck has fallen off this cell and comes down on the structure beside it.
struct SupportLostFault {
    std::string cell;
    Length drop;  ///< from the empty deck down to the structure
};
/// A joint of a hinged deck that no longer turns: 1 lies between the first two modules.
struct JointSeizedFault {
    int joint{1};
};
/// A cracked girder: this share of the bending stiffness of a module is lost; 1 is the first.
struct GirderCrackFault {
    int module{1};
    double loss{};
};
/// Mass that comes to lie on the deck, all over it: ice, mud, water (negative: buoyancy in the
/// pit).
struct DeckDepositFault {
    Mass mass;
};
/// Somebody lifts or presses at the edge: a jack, a rope. Down is positive.
struct EdgeForceFault {
    Length x, y;
    Force force;
};
/// A vehicle rubs on a kerb or guide: it is carried up to the friction of this side force.
struct KerbContactFault {
    Force force;
    double friction{0.4};
};

// ---- Weather, beyond what the site has ---------------------------------------------------------

struct RainFault {
    double rate_mm_h{};
};
struct GustsFault {
    double speed_m_s{};
    double turbulence{0.2};  ///< intensity: standard deviation / mean
};
struct VibrationFault {
    double velocity_m_s{};  ///< amplitude of the ground
    double frequency_Hz{10.0};
};
/// Cells on the left of the deck stand in the sun.
struct UnevenHeatingFault {
    Temperature warmer;  ///< a difference
};

// ---- Cells -------------------------------------------------------------------------------------

/// The gain is off by this share.
struct CellSensitivityFault {
    std::string cell;  ///< "2L"
    double change{};   ///< relative, +0.003 is +0.3 %
};
/// All cells' gain is off by the same share.
struct SpanDriftFault {
    double change{};
};
/// A wide hysteresis loop.
struct CellHysteresisFault {
    std::string cell;
    double hysteresis{};  ///< h, fraction of E_max
};
struct CellNonlinearityFault {
    std::string cell;
    double bow{};  ///< a, fraction of E_max at half load
};
/// Creep of a failing bond, this many times what a good cell has.
struct CellCreepFault {
    std::string cell;
    double factor{1.0};
};
/// Overload or shock has shifted the zero.
struct CellShockFault {
    std::string cell;
    double shift{};  ///< fraction of E_max
};
/// Moisture between a signal wire and excitation; grows when `growing` is given.
struct CellMoistureFault {
    std::string cell;
    Resistance insulation;
};
/// A resistor soldered across the bridge's output.
struct CellShuntFault {
    std::string cell;
    Resistance resistance;
};

// ---- Wiring ------------------------------------------------------------------------------------

/// What can be wrong with the wires of one cell.
enum class WireState { open, dead, shorted, reversed };
struct CellWireFault {
    std::string cell;
    WireState state{WireState::open};
};
struct CellOutputResistanceFault {
    std::string cell;
    Resistance resistance;
};
/// Its trim potentiometer stands wrong.
struct CellTrimFault {
    std::string cell;
    Resistance resistance;
};
/// A gnawed wire that breaks and closes again; open for `opens` out of every `interval` on average.
struct IntermittentWireFault {
    std::string cell;
    SimTime opens{2s}, interval{30s};
};
/// Moisture in the junction box, between all cells' signal and excitation.
struct BoxMoistureFault {
    Resistance insulation;
};
/// A corroded terminal in the excitation wire behind the sense point, changing with its mood.
struct ExcitationContactFault {
    Resistance resistance;
    double unrest{};  ///< standard deviation of the resistance, relative
};
/// The cable is another: longer, four wires instead of six.
struct CableFault {
    Length length;
    int wires{4};
};
struct SenseOpenFault {};
/// A resistor in the sense wire.
struct SenseResistanceFault {
    Resistance resistance;
};
/// Excitation falls while the converter's reference does not follow.
struct ExcitationDropFault {
    double change{};
};
/// Ground loop, lightning, a dead converter's offset; and mains pick-up.
struct PickupFault {
    BridgeRatio offset, amplitude;
    double frequency_Hz{50.0};
};
/// A cheat's box on the signal: as if this mass lay on the deck.
struct RemoteOffsetFault {
    Mass mass;
};
/// Two digital cells wired to each other's address.
struct AddressesSwappedFault {
    std::string cell, with;
};
/// A digital cell that no longer answers.
struct CellSilentFault {
    std::string cell;
    bool lastHeld{true};  ///< its last value stays; else it counts as nothing
};

// ---- Weights and their handling ----------------------------------------------------------------

/// Test weights that are not what they say: dirt, water, a lost cap; or miscounted.
struct WeightsWrongFault {
    Mass each;      ///< on every block
    int missing{};  ///< blocks that are counted and are not there
    Mass carrier;   ///< with every heavy load, whatever its blocks: fuel of the cart, slings
};
/// The hook still carries part of the heavy load that stands on the deck.
struct HookLoadFault {
    Mass carried;
};
/// A wheel or an outrigger stands on the approach: this share of the heavy load with it.
struct PartlyOffFault {
    double share{};
};
/// The substitution load loses mass, water or grain; per hour.
struct MaterialLeakFault {
    double rate_kg_h{};
};

// ---- Indicator ---------------------------------------------------------------------------------

/// Zero tracking set too wide and too fast. In intervals d and d per second.
struct ZeroTrackingFault {
    double band_d{}, rate_d_s{};
};
/// The display lets go of a value only this far below the change-over point.
struct RoundingHysteresisFault {
    ExactMass width;
};

/// A second display that does not show what it is sent.
enum class DisplayError {
    digitLost,    ///< the last digit is cut off: 14 220 kg show as 1422 kg
    grossForNet,  ///< the gross value stands where the net value should
    oldValue,     ///< holds on to the first value it got
};
struct SecondDisplayFault {
    DisplayError shows{DisplayError::digitLost};
};

/// What can be wrong with what the converter hands over.
enum class ConverterState {
    saturatedHigh,  ///< the upper end of its range
    saturatedLow,
    stuck,    ///< the last code before the fault began
    missing,  ///< nothing
    late,     ///< each code, some time after its conversion has ended
};
struct ConverterFault {
    ConverterState state{ConverterState::late};
    SimTime delay{1s};  ///< of `late`
};

/// When a fault begins to act.
enum class FaultStart {
    power_on,
    after_adjustment,
    reading,       ///< with the first reading taken after adjustment
    axle_on_deck,  ///< while an axle is on the deck
    radio,         ///< while a radio transmits beside the indicator
};

/// Something that goes wrong, with its physical size and its time.
struct Fault {
    using What = std::variant<
        DeckContactFault, EdgeMudFault, StopGapFault, CheckRodFault, DeckShiftsFault,
        RockerFrictionFault, CellTiltFault, SupportSettlementFault, SupportSoftnessFault,
        SupportLostFault, JointSeizedFault, GirderCrackFault, DeckDepositFault, EdgeForceFault,
        KerbContactFault, RainFault, GustsFault, VibrationFault, UnevenHeatingFault,
        CellSensitivityFault, SpanDriftFault, CellHysteresisFault, CellNonlinearityFault,
        CellCreepFault, CellShockFault, CellMoistureFault, CellShuntFault, CellWireFault,
        CellOutputResistanceFault, CellTrimFault, IntermittentWireFault, BoxMoistureFault,
        ExcitationContactFault, CableFault, SenseOpenFault, SenseResistanceFault,
        ExcitationDropFault, PickupFault, RemoteOffsetFault, AddressesSwappedFault, CellSilentFault,
        WeightsWrongFault, HookLoadFault, PartlyOffFault, MaterialLeakFault, ZeroTrackingFault,
        RoundingHysteresisFault, SecondDisplayFault, ConverterFault>;

    std::string id;  ///< of the catalogue, when it came from there: "stone_under_girder"
    What what{CellSensitivityFault{}};
    FaultStart from{FaultStart::power_on};
    SimTime after{};                 ///< begins this much later than `from`
    SimTime growing{};               ///< reaches its size over this time
    std::optional<SimTime> lasting;  ///< ends this long after it began; empty: stays
};

/// How much of its size a fault has when it began this long ago: 0 to 1.
double severity(const Fault& fault, SimTime sinceStart);

/// The fault at part of its size, or at a multiple of it; what has no size (a wire is open or not)
/// is there when any of it is.
Fault::What scaled(const Fault::What& what, double severity);
bool hasSize(const Fault::What& what);

}  // namespace jh
