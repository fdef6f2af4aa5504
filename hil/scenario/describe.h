// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/scenario/fields.h"
#include "hil/scenario/parts.h"
#include "hil/scenario/scenario.h"
#include "sim/model/vehicle_model.h"

namespace jh {

/// One description of each kind of file, for reading and for writing (hil/scenario/fields.h). What
/// a description reads it also checks.
void describeScale(Fields& fields, ScaleModel& scale);
void describeSite(Fields& fields, SiteModel& site);
void describeWeights(Fields& fields, WeightsModel& weights, PartReader& parts);
void describeTestTruck(Fields& fields, TestTruckModel& truck, PartReader& parts);
void describeVehicle(Fields& fields, VehicleModel& vehicle);
void describeProfile(Fields& fields, IndicatorProfile& profile);
void describeSignalSource(Fields& fields, SourceProfile& profile);
void describeBench(Fields& fields, BenchModel& bench, PartReader& parts);
/// A board file; a firmware without its program.
void describeBoard(Fields& fields, FirmwareModel& firmware);
void describeFirmware(Fields& fields, FirmwareModel& firmware, PartReader& parts);
void describeRegulation(Fields& fields, Regulation& regulation);
void describeSignal(Fields& fields, SignalModel& signal);
void describeSecondDisplay(Fields& fields, SecondDisplayModel& display);
void describeSettings(Fields& fields, IndicatorSettings& settings);
void describeFault(Fields& fields, Fault& fault);
void describeAppearance(Fields& fields, AppearanceItem& item);
void describeExpectation(Fields& fields, Expectation& expectation);
void describeOffice(Fields& fields, Office& office);

/// How bytes travel, as it is written: virtual, pty, tcp.
const std::vector<std::pair<std::string, Wire>>& wireNames();
/// Accuracy classes as they are written.
const std::vector<std::pair<std::string, AccuracyClass>>& accuracyClassNames();
/// Names of the kinds of fault, in the order of Fault::What.
const std::vector<std::string>& faultKindNames();
/// The sizes that a kind of fault has, with their bounds and with their defaults as values.
std::vector<Parameter> faultParameters(const std::string& kind);
/// Names of the tests that a regulation can hold.
const std::vector<std::string>& testNames();

/// Rules over several keys; they say nothing where a key they need is already wrong.
void checkScale(const Fields& fields, const ScaleModel& scale);
void checkSite(const Fields& fields, const SiteModel& site);
void checkWeights(const Fields& fields, const WeightsModel& weights);
void checkTestTruck(const Fields& fields, const TestTruckModel& truck);
void checkVehicle(const Fields& fields, const VehicleModel& vehicle);
void checkProfile(const Fields& fields, const IndicatorProfile& profile);
/// Rules over several parts of a scenario, given which parts are right in themselves.
struct SoundParts {
    bool scale{}, weights{}, regulation{};
};
void checkScenario(const Fields& fields, const Scenario& scenario, SoundParts sound);
/// Faults against the scale, against each other, and whether vehicles come that some wait for.
void checkFaults(const Fields& fields, const Scenario& scenario, SoundParts sound,
                 bool vehiclesCome);

}  // namespace jh
