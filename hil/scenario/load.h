// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/scenario.h"
#include "sim/base/expected.h"
#include "sim/model/site_model.h"
#include "sim/model/vehicle_model.h"

namespace jh {

struct TreeNode;

/// A scenario file with everything it refers to. All problems at once, none hides another.
Expected<Scenario, Diagnostics> loadScenario(const std::filesystem::path& file);

/// The same with keys of another document laid over the file's, as `extends` does: a suite's
/// `with`. Their problems are told at their own place.
Expected<Scenario, Diagnostics> loadScenario(const std::filesystem::path& file,
                                             const TreeNode& changes);

/// From text already in memory, for `replay` and the fuzzer; `name` stands in for the file name,
/// references are searched from `folder`.
Expected<Scenario, Diagnostics> parseScenario(std::string_view text, const std::string& name,
                                              const std::filesystem::path& folder);

/// The same scenario with another seed.
Scenario withSeed(Scenario scenario, std::uint64_t seed);

/// The same scenario with its bytes on another wire: virtual, pty or tcp.
Scenario withWire(Scenario scenario, const std::string& wire);

/// A scale file alone, for `probe`.
Expected<ScaleModel, Diagnostics> loadScale(const std::filesystem::path& file);

/// A site file alone.
Expected<SiteModel, Diagnostics> loadSite(const std::filesystem::path& file);

/// A profile of an indicator alone.
Expected<IndicatorProfile, Diagnostics> loadIndicator(const std::filesystem::path& file);

/// A profile of a signal source alone.
Expected<SourceProfile, Diagnostics> loadSignalSource(const std::filesystem::path& file);

/// The same from text in memory; `name` stands in for the file name, references are searched from
/// its folder.
Expected<SourceProfile, Diagnostics> parseSignalSource(std::string_view text,
                                                       const std::filesystem::path& name);

/// A vehicle file alone.
Expected<VehicleModel, Diagnostics> loadVehicle(const std::filesystem::path& file);

/// The same with every default written out, as JSON, which is YAML as well.
std::string vehicleText(VehicleModel vehicle);

/// Any file of the project's data, its kind told by its key `jianheng` (scale, site, weights,
/// test_truck, vehicle, indicator, signal_source, regulation, scenario, scene, faults); an empty
/// list when nothing is wrong.
Diagnostics checkFile(const std::filesystem::path& file);

/// Folder with the shipped data: JIANHENG_DATA, else next to the program, else the source tree.
std::filesystem::path dataFolder();

}  // namespace jh
