/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_STAGES_H
#define JH_STAGES_H

/* The stages in which indicators differ most, in a file of their own: a firmware with another
 * filter, calibration or rounding brings its own stages.c and keeps the rest
 * (firmware-bridge/template/). */

#include "firmware-bridge/reference/indicator_state.h"

/* The newest conversion -> filtered code with 8 fractional bits. `codes`, `sum` and `filter_at` are
 * the filter's own memory, 0 after power-on and after a change of parameters; `filter_filled`
 * counts the conversions since then, this one included, up to filter_length. */
int64_t jh_stage_filter(jh_measuring* m, int32_t code);
/* Codes above dead load, with 8 fractional bits -> milligrams. */
int64_t jh_stage_mass(const jh_span* span, int64_t codes_q8);
/* What is shown for a mass with the scale interval d, both in milligrams. */
int64_t jh_stage_round(int64_t mg, int64_t d_mg);

#endif
