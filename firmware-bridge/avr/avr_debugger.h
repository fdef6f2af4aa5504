// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "firmware-bridge/avr/avr_core.h"

namespace jh {

/// Stops the program and serves a debugger of this machine by simavr's stub on this TCP port until
/// it lets go. The world outside stands still meanwhile: no conversions, no bytes. One that only
/// looked changes nothing. False where the port is taken.
bool serveDebugger(AvrCore& core, int port);

}  // namespace jh
