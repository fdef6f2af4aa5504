/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_COMMANDS_H
#define JH_COMMANDS_H

#include "firmware-bridge/reference/indicator_state.h"

enum {
    JH_COMMAND_ZERO = 1,
    JH_COMMAND_TARE = 2,
    JH_COMMAND_CLEAR_TARE = 3,
    JH_COMMAND_HIGH_RESOLUTION = 4,
    JH_COMMAND_LOWEST_RANGE = 5,
    JH_COMMAND_ADJUST_ZERO = 16,
    JH_COMMAND_ADJUST_SPAN = 17,
    JH_COMMAND_UNLOCK = 32,
    JH_COMMAND_SEAL = 33
};

enum {
    JH_STATE_IDLE = 0,
    JH_STATE_DONE = 1,
    JH_STATE_BUSY = 2, /* kept free: nothing here takes longer than one call */
    JH_STATE_NOT_STABLE = 3,
    JH_STATE_OUT_OF_RANGE = 4,
    JH_STATE_SEALED = 5,
    JH_STATE_UNKNOWN = 6,
    JH_STATE_NO_WEIGHT = 7
};

/* Multiple range: up when the load goes beyond Max of the range in use; by itself down only without
 * load, at rest and at zero, and without a tare (R 76-1 4.10.2). True when the range has changed.
 */
bool jh_follow_range(jh_indicator* i, uint64_t now_us);
/* Carries the command out at once, or refuses it; the outcome stands in operation.command_state. */
void jh_execute(jh_indicator* i, uint64_t now_us, uint16_t command);

#endif
