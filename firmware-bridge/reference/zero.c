/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/zero.h"

/* With a tare, zero is tracked only where the gross lies within 4 % of Max in all around zero. */
enum { TARED_TRACKING_PM = 40 };

static int64_t last_max_mg(const jh_indicator* i) {
    return i->measuring.max_mg[i->sealed.works.ranges == 2 ? 1 : 0];
}

/* `span_pm` is the whole width in thousandths of Max, half of it on each side; edges included. */
static bool within_span(const jh_indicator* i, int64_t mg, uint32_t span_pm) {
    return (int64_t)jh_magnitude(mg) * 2000 <= last_max_mg(i) * span_pm;
}

static bool within_zero_range(const jh_indicator* i, int64_t zero_mg) {
    return within_span(i, zero_mg - i->zero.initial_mg, i->sealed.works.zero_pm);
}

void jh_set_initial_zero(jh_indicator* i) {
    if (i->zero.initial_done || !i->measuring.stable || !i->sealed.span_adjusted) return;
    i->zero.initial_done = true;
    if (!within_span(i, i->measuring.load_mg, i->sealed.works.initial_zero_pm)) return;
    i->zero.initial_mg = i->measuring.load_mg;
    i->zero.actual_mg = i->measuring.load_mg;
}

/* What tracking sees as its distance from zero; false where it must not act. */
static bool tracking_distance(const jh_indicator* i, int64_t* distance_mg) {
    const int64_t band_mg = i->measuring.d_mg[0] * i->sealed.works.tracking_band_cd / 100;
    const int64_t gross = i->indication.gross_mg, net = i->indication.net_mg;
    /* Gross zero, which with a tare is the negative net equal to it. */
    if ((int64_t)jh_magnitude(gross) <= band_mg) {
        *distance_mg = gross;
        return true;
    }
    *distance_mg = net;
    return i->operation.tare_active && (int64_t)jh_magnitude(net) <= band_mg &&
           within_span(i, gross, TARED_TRACKING_PM);
}

void jh_track_zero(jh_indicator* i) {
    const jh_indicator_parameters* p = &i->sealed.works;
    int64_t distance = 0;
    if (!i->measuring.stable || !i->zero.initial_done || p->tracking_rate_cd_s == 0) return;
    if (!tracking_distance(i, &distance)) return;

    const int64_t most = i->measuring.d_mg[0] * p->tracking_rate_cd_s / (100 * (int64_t)p->rate_hz);
    const int64_t step = distance > most ? most : distance < -most ? -most : distance;
    const int64_t moved = i->zero.actual_mg + step;
    if (within_zero_range(i, moved)) i->zero.actual_mg = moved;
}

bool jh_set_zero(jh_indicator* i) {
    if (!within_zero_range(i, i->measuring.load_mg)) return false;
    i->zero.actual_mg = i->measuring.load_mg;
    return true;
}

void jh_reset_zero(jh_indicator* i) {
    i->zero.initial_mg = 0;
    i->zero.actual_mg = 0;
    i->zero.initial_done = true;
}

void jh_take_span(jh_indicator* i, int64_t mass_mg, int64_t codes_q8) {
    const int64_t zero_q8 = jh_codes_of(&i->sealed.span, i->zero.actual_mg);
    const int64_t initial_q8 = jh_codes_of(&i->sealed.span, i->zero.initial_mg);
    jh_set_span(&i->sealed.span, mass_mg, codes_q8);
    i->sealed.span_adjusted = true;
    i->zero.actual_mg = jh_mass_of(&i->sealed.span, zero_q8);
    i->zero.initial_mg = jh_mass_of(&i->sealed.span, initial_q8);
    i->zero.initial_done = true;
}
