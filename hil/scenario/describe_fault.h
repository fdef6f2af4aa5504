// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/scenario/fields.h"
#include "sim/fault/fault.h"

namespace jh {

// The sizes of each kind of fault: keys, units and bounds.

void describe(Fields& fields, DeckContactFault& fault);
void describe(Fields& fields, EdgeMudFault& fault);
void describe(Fields& fields, StopGapFault& fault);
void describe(Fields& fields, CheckRodFault& fault);
void describe(Fields& fields, DeckShiftsFault& fault);
void describe(Fields& fields, RockerFrictionFault& fault);
void describe(Fields& fields, CellTiltFault& fault);
void describe(Fields& fields, SupportSettlementFault& fault);
void describe(Fields& fields, SupportSoftnessFault& fault);
void describe(Fields& fields, SupportLostFault& fault);
void describe(Fields& fields, JointSeizedFault& fault);
void describe(Fields& fields, GirderCrackFault& fault);
void describe(Fields& fields, DeckDepositFault& fault);
void describe(Fields& fields, EdgeForceFault& fault);
void describe(Fields& fields, KerbContactFault& fault);
void describe(Fields& fields, RainFault& fault);
void describe(Fields& fields, GustsFault& fault);
void describe(Fields& fields, VibrationFault& fault);
void describe(Fields& fields, UnevenHeatingFault& fault);

void describe(Fields& fields, CellSensitivityFault& fault);
void describe(Fields& fields, SpanDriftFault& fault);
void describe(Fields& fields, CellHysteresisFault& fault);
void describe(Fields& fields, CellNonlinearityFault& fault);
void describe(Fields& fields, CellCreepFault& fault);
void describe(Fields& fields, CellShockFault& fault);
void describe(Fields& fields, CellMoistureFault& fault);
void describe(Fields& fields, CellShuntFault& fault);
void describe(Fields& fields, CellWireFault& fault);
void describe(Fields& fields, CellOutputResistanceFault& fault);
void describe(Fields& fields, CellTrimFault& fault);
void describe(Fields& fields, IntermittentWireFault& fault);
void describe(Fields& fields, BoxMoistureFault& fault);
void describe(Fields& fields, ExcitationContactFault& fault);
void describe(Fields& fields, CableFault& fault);
void describe(Fields& fields, SenseOpenFault& fault);
void describe(Fields& fields, SenseResistanceFault& fault);
void describe(Fields& fields, ExcitationDropFault& fault);
void describe(Fields& fields, PickupFault& fault);
void describe(Fields& fields, RemoteOffsetFault& fault);
void describe(Fields& fields, AddressesSwappedFault& fault);
void describe(Fields& fields, CellSilentFault& fault);

void describe(Fields& fields, WeightsWrongFault& fault);
void describe(Fields& fields, HookLoadFault& fault);
void describe(Fields& fields, PartlyOffFault& fault);
void describe(Fields& fields, MaterialLeakFault& fault);
void describe(Fields& fields, ZeroTrackingFault& fault);
void describe(Fields& fields, RoundingHysteresisFault& fault);
void describe(Fields& fields, SecondDisplayFault& fault);
void describe(Fields& fields, ConverterFault& fault);

}  // namespace jh
