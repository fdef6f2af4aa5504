/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/measuring.h"

#include <string.h>

#include "firmware-bridge/reference/stages.h"

/* A newest conversion this far (hundredths of d) from the average betrays a load change long before
 * the average has moved. Far outside the converter's noise, 0.05 d rms at 80 conversions a second.
 */
enum { NEWEST_MOTION_CD = 50 };

static uint32_t samples_in(uint32_t ms, uint32_t rate_hz, uint32_t least, uint32_t most) {
    const uint32_t n = ms * rate_hz / 1000;
    return n < least ? least : n > most ? most : n;
}

void jh_restart_measuring(jh_indicator* i) {
    const jh_indicator_parameters* p = &i->sealed.works;
    jh_measuring* m = &i->measuring;
    const uint64_t last_us = m->last_us;
    const uint16_t conversions = m->conversions;
    memset(m, 0, sizeof *m);
    m->last_us = last_us;
    m->conversions = conversions;

    for (int r = 0; r < 2; ++r) {
        m->max_mg[r] = p->max_g[r] * 1000;
        m->d_mg[r] = p->interval_g[r] * 1000;
    }
    m->filter_length = samples_in(p->filter_ms, p->rate_hz, 1, JH_FILTER_SAMPLES);
    m->window_length = samples_in(p->stability_ms, p->rate_hz, 2, JH_STABILITY_SAMPLES);
    jh_limit_motion(i);
}

void jh_limit_motion(jh_indicator* i) {
    jh_measuring* m = &i->measuring;
    const uint32_t band_cd = i->sealed.works.stability_band_cd;
    const uint32_t motion_cd = band_cd > NEWEST_MOTION_CD ? band_cd : NEWEST_MOTION_CD;
    m->band_q8 = jh_codes_of(&i->sealed.span, m->d_mg[0] * band_cd / 100);
    m->motion_q8 = jh_codes_of(&i->sealed.span, m->d_mg[0] * motion_cd / 100);
}

static void average(jh_measuring* m, int32_t code) {
    if (code >= JH_CODE_MAX || code <= JH_CODE_MIN) {
        m->saturated_left = m->filter_length;
        code = code > 0 ? JH_CODE_MAX : JH_CODE_MIN;
    } else if (m->saturated_left > 0) {
        --m->saturated_left;
    }
    if (m->filter_filled < m->filter_length) ++m->filter_filled;
    m->filtered_q8 = jh_stage_filter(m, code);
}

/* Rests when the averages of the last stability_ms lie within the band and the newest conversion
 * agrees with their latest. */
static bool at_rest(jh_measuring* m, int32_t code) {
    /* 24 bits and 8 fractional ones: fits. */
    m->window[m->window_at] = (int32_t)m->filtered_q8;
    m->window_at = m->window_at + 1 == m->window_length ? 0 : m->window_at + 1;
    if (m->window_filled < m->window_length) ++m->window_filled;
    if (m->window_filled < m->window_length || m->saturated_left > 0) return false;

    const int64_t newest_q8 = (int64_t)code * 256 - m->filtered_q8;
    if ((int64_t)jh_magnitude(newest_q8) > m->motion_q8) return false;

    int32_t least = m->window[0], most = m->window[0];
    for (uint32_t k = 1; k < m->window_length; ++k) {
        least = m->window[k] < least ? m->window[k] : least;
        most = m->window[k] > most ? m->window[k] : most;
    }
    return (int64_t)most - least <= m->band_q8;
}

void jh_weigh(jh_indicator* i) {
    i->measuring.load_mg =
        jh_stage_mass(&i->sealed.span, i->measuring.filtered_q8 - i->sealed.dead_load_q8);
}

void jh_measure(jh_indicator* i, uint64_t now_us, int32_t code) {
    jh_measuring* m = &i->measuring;
    m->last_us = now_us;
    ++m->conversions;
    average(m, code);
    m->stable = !jh_warming_up(i) && at_rest(m, code);
    jh_weigh(i);
}
