// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/fault/fault.h"

#include <algorithm>

namespace jh {

double severity(const Fault& fault, SimTime sinceStart) {
    const SimTime since = sinceStart - fault.after;
    if (since < SimTime{}) return 0.0;
    if (fault.lasting && since >= *fault.lasting) return 0.0;
    if (since >= fault.growing) return 1.0;
    return static_cast<double>(since.count()) / static_cast<double>(fault.growing.count());
}

namespace {

// A resistance that leaks, and a spring in series, are felt by their inverse.
template <class Tag>
Quantity<Tag> lessOf(Quantity<Tag> q, double s) {
    return Quantity<Tag>{q.si() / std::max(s, 1e-9)};
}

void scale(DeckContactFault& f, double s) {
    f.stiffness = f.stiffness * s, f.friction = f.friction * s;
}
void scale(EdgeMudFault& f, double s) {
    f.stiffness_N_m_m *= s, f.friction_N_m *= s;
}
void scale(StopGapFault&, double) {}
void scale(CheckRodFault& f, double s) {
    f.tension = f.tension * s;
}
void scale(DeckShiftsFault& f, double s) {
    f.by = f.by * s;
}
void scale(RockerFrictionFault& f, double s) {
    f.friction *= s;
}
void scale(CellTiltFault& f, double s) {
    f.offset = f.offset * s;
}
void scale(SupportSettlementFault& f, double s) {
    f.depth = f.depth * s;
}
void scale(SupportSoftnessFault& f, double s) {
    f.stiffness = lessOf(f.stiffness, s);
}
void scale(SupportLostFault&, double) {}
void scale(JointSeizedFault&, double) {}
void scale(GirderCrackFault& f, double s) {
    f.loss *= s;
}
void scale(DeckDepositFault& f, double s) {
    f.mass = f.mass * s;
}
void scale(EdgeForceFault& f, double s) {
    f.force = f.force * s;
}
void scale(KerbContactFault& f, double s) {
    f.force = f.force * s;
}
void scale(RainFault& f, double s) {
    f.rate_mm_h *= s;
}
void scale(GustsFault& f, double s) {
    f.speed_m_s *= s;
}
void scale(VibrationFault& f, double s) {
    f.velocity_m_s *= s;
}
void scale(UnevenHeatingFault& f, double s) {
    f.warmer = f.warmer * s;
}
void scale(CellSensitivityFault& f, double s) {
    f.change *= s;
}
void scale(SpanDriftFault& f, double s) {
    f.change *= s;
}
void scale(CellHysteresisFault& f, double s) {
    f.hysteresis *= s;
}
void scale(CellNonlinearityFault& f, double s) {
    f.bow *= s;
}
void scale(CellCreepFault& f, double s) {
    f.factor = 1.0 + s * (f.factor - 1.0);
}
void scale(CellShockFault& f, double s) {
    f.shift *= s;
}
void scale(CellMoistureFault& f, double s) {
    f.insulation = lessOf(f.insulation, s);
}
void scale(CellShuntFault& f, double s) {
    f.resistance = lessOf(f.resistance, s);
}
void scale(CellWireFault&, double) {}
void scale(CellOutputResistanceFault&, double) {}
void scale(CellTrimFault& f, double s) {
    f.resistance = f.resistance * s;
}
void scale(IntermittentWireFault&, double) {}
void scale(BoxMoistureFault& f, double s) {
    f.insulation = lessOf(f.insulation, s);
}
void scale(ExcitationContactFault& f, double s) {
    f.resistance = f.resistance * s;
}
void scale(CableFault&, double) {}
void scale(SenseOpenFault&, double) {}
void scale(SenseResistanceFault& f, double s) {
    f.resistance = f.resistance * s;
}
void scale(ExcitationDropFault& f, double s) {
    f.change *= s;
}
void scale(PickupFault& f, double s) {
    f.offset = f.offset * s, f.amplitude = f.amplitude * s;
}
void scale(RemoteOffsetFault& f, double s) {
    f.mass = f.mass * s;
}
void scale(AddressesSwappedFault&, double) {}
void scale(CellSilentFault&, double) {}
void scale(WeightsWrongFault& f, double s) {
    f.each = f.each * s, f.carrier = f.carrier * s;
}
void scale(HookLoadFault& f, double s) {
    f.carried = f.carried * s;
}
void scale(PartlyOffFault& f, double s) {
    f.share *= s;
}
void scale(MaterialLeakFault& f, double s) {
    f.rate_kg_h *= s;
}
void scale(ZeroTrackingFault&, double) {}
void scale(RoundingHysteresisFault&, double) {}
void scale(SecondDisplayFault&, double) {}

}  // namespace

Fault::What scaled(const Fault::What& what, double severity) {
    Fault::What part = what;
    if (severity < 1.0) std::visit([severity](auto& fault) { scale(fault, severity); }, part);
    return part;
}

}  // namespace jh
