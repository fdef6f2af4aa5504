/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_ZERO_H
#define JH_ZERO_H

#include "firmware-bridge/reference/indicator_state.h"

/* Once after power-on, at the first rest: within initial_zero_pm the load present becomes zero. */
void jh_set_initial_zero(jh_indicator* i);
/* One conversion's worth of zero tracking (R 76-1 4.5.7). Needs the indication of this conversion.
 */
void jh_track_zero(jh_indicator* i);
/* Zero setting on command; the caller has made sure of rest. False: outside zero_pm, nothing done.
 */
bool jh_set_zero(jh_indicator* i);
/* After adjustment of zero: the dead load of now is zero. */
void jh_reset_zero(jh_indicator* i);
/* A new span: `codes_q8` make `mass_mg`, and zero stays at its codes. */
void jh_take_span(jh_indicator* i, int64_t mass_mg, int64_t codes_q8);

#endif
