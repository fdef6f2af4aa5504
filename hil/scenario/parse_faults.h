// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/modbus/line_fault.h"
#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"

namespace jh {

/// Faults as one writes them on a command line: "stone_under_girder gap=3 mm", an id of the
/// catalogue or a kind, then sizes. Checked against the scale and each other; `source` stands for
/// the file in problems.
Expected<std::vector<Fault>, Diagnostics> parseFaults(const std::vector<std::string>& texts,
                                                      const ScaleModel& scale,
                                                      const std::string& source);

/// Faults of lines the same way: "late_reply delay=200ms station=3 share=20%". Each must be
/// possible on one of the wires.
Expected<std::vector<LineFault>, Diagnostics> parseLineFaults(const std::vector<std::string>& texts,
                                                              const std::vector<LineWire>& wires,
                                                              const std::string& source);

}  // namespace jh
