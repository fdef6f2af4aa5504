/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/stages.h"

/* Moving average. */
int64_t jh_stage_filter(jh_measuring* m, int32_t code) {
    m->sum += code - m->codes[m->filter_at];
    m->codes[m->filter_at] = code;
    m->filter_at = m->filter_at + 1 == m->filter_length ? 0 : m->filter_at + 1;
    return jh_divide_nearest(m->sum * 256, (int64_t)m->filter_length);
}

int64_t jh_stage_mass(const jh_span* span, int64_t codes_q8) {
    return jh_mass_of(span, codes_q8);
}

int64_t jh_stage_round(int64_t mg, int64_t d_mg) {
    return jh_round_to_interval(mg, d_mg);
}
