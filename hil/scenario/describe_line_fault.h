// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/modbus/line_fault.h"
#include "hil/scenario/fields.h"

namespace jh {

/// Names of the kinds of fault of a line, in the order of LineFaultKind.
const std::vector<std::string>& lineFaultKindNames();

/// One fault of a line: its kind, station, times, share of the replies, and the sizes of its kind.
void describeLineFault(Fields& fields, LineFault& fault);

/// Rules over several keys of each fault under `line_faults`, and whether the wire can have it;
/// one that any of several wires can have is right.
void checkLineFaults(const Fields& fields, const std::vector<LineFault>& faults,
                     const std::vector<LineWire>& wires);

}  // namespace jh
