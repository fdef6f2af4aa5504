// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/firmware_model.h"
#include "sim/base/expected.h"

namespace jh {

/// A board file alone; no program stands in it.
Expected<FirmwareModel, Diagnostics> loadBoard(const std::filesystem::path& file);

}  // namespace jh
