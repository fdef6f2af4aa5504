/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Your filter, calibration and rounding in place of the reference firmware's; the wire, the
 * commands, zero and tare around them stay (docs/howto/your-own-c-code.md). */
#include "firmware-bridge/reference/stages.h"

/* An exponential filter: each conversion moves it by a quarter of the way. */
int64_t jh_stage_filter(jh_measuring* m, int32_t code) {
    const int64_t newest = (int64_t)code * 65536; /* 16 fractional bits inside */
    m->sum = m->filter_filled == 1 ? newest : m->sum + (newest - m->sum) / 4;
    return jh_divide_nearest(m->sum, 256);
}

/* A straight line through zero and the adjusted span. */
int64_t jh_stage_mass(const jh_span* span, int64_t codes_q8) {
    return jh_mass_of(span, codes_q8);
}

/* Nearest interval; a half goes upwards. */
int64_t jh_stage_round(int64_t mg, int64_t d_mg) {
    return jh_round_to_interval(mg, d_mg);
}
