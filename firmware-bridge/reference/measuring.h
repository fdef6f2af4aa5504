/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_MEASURING_H
#define JH_MEASURING_H

#include "firmware-bridge/reference/indicator_state.h"

/* Takes over changed parameters; the filter fills anew. */
void jh_restart_measuring(jh_indicator* i);
/* The limits of rest in codes, after the span has changed. */
void jh_limit_motion(jh_indicator* i);
/* Code -> moving average -> mass above dead load, and whether it rests. */
void jh_measure(jh_indicator* i, uint64_t now_us, int32_t code);
/* Brings the mass up to date after the adjustment has changed. */
void jh_weigh(jh_indicator* i);

static inline bool jh_warming_up(const jh_indicator* i) {
    return i->measuring.filter_filled < i->measuring.filter_length;
}

/* A saturated code in the filter, or no conversion for 1 s: the value must not outlive the load by
 * more (R 76-1 4.4.1). */
static inline bool jh_adc_fault(const jh_indicator* i, uint64_t now_us) {
    return i->measuring.saturated_left > 0 || now_us > i->measuring.last_us + 1000000u;
}

#endif
