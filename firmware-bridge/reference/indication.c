/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/indication.h"

#include "firmware-bridge/reference/measuring.h"
#include "firmware-bridge/reference/stages.h"

enum { OVERLOAD_D = 9, UNDERLOAD_D = 20 };

static int last_range(const jh_indicator* i) {
    return i->sealed.works.ranges == 2 ? 1 : 0;
}

bool jh_in_first_range(const jh_indicator* i, int64_t mg) {
    const jh_measuring* m = &i->measuring;
    const int64_t size = (int64_t)jh_magnitude(mg);
    return last_range(i) == 0 || jh_stage_round(size, m->d_mg[0]) <= m->max_mg[0];
}

/* Multi-interval: of the partial range in which `mg` lies once it is rounded. Multiple range: of
 * the range in use, whatever the load (R 76-1 T.3.2.7, 3.2). */
static int64_t interval_for(const jh_indicator* i, int64_t mg) {
    if (i->sealed.works.multiple_range) return i->measuring.d_mg[i->operation.range];
    return i->measuring.d_mg[jh_in_first_range(i, mg) ? 0 : 1];
}

/* Upwards the value changes at the nominal point. With hysteresis it holds on to the value shown
 * until P has fallen that far below the point. */
static int64_t shown_value(const jh_indicator* i, int64_t before, int64_t mg, int64_t d) {
    const int64_t nominal = jh_stage_round(mg, d);
    const int64_t hold_mg = (int64_t)i->sealed.works.rounding_hysteresis_g * 1000;
    if (hold_mg == 0 || before <= nominal || before % d != 0) return nominal;
    const int64_t held = jh_stage_round(mg + hold_mg, d);
    return before < held ? before : held;
}

void jh_indicate(jh_indicator* i) {
    jh_indication* s = &i->indication;
    const int64_t tare_mg = i->operation.tare_active ? i->operation.tare_mg : 0;
    s->gross_mg = i->measuring.load_mg - i->zero.actual_mg;
    s->net_mg = s->gross_mg - tare_mg;
    s->gross_d_mg = interval_for(i, s->gross_mg);
    s->net_d_mg = interval_for(i, s->net_mg);
    s->gross_shown_mg = shown_value(i, s->gross_shown_mg, s->gross_mg, s->gross_d_mg);
    s->net_shown_mg = shown_value(i, s->net_shown_mg, s->net_mg, s->net_d_mg);
    s->tare_shown_mg = jh_stage_round(tare_mg, interval_for(i, tare_mg));
}

static uint32_t load_status(const jh_indicator* i) {
    const jh_indication* s = &i->indication;
    const jh_measuring* m = &i->measuring;
    const int r = last_range(i);
    uint32_t status = 0;
    if (s->gross_shown_mg > m->max_mg[r] + OVERLOAD_D * m->d_mg[r]) status |= JH_STATUS_OVERLOAD;
    if (s->gross_shown_mg < -UNDERLOAD_D * m->d_mg[0]) status |= JH_STATUS_UNDERLOAD;
    if ((int64_t)jh_magnitude(s->gross_mg) * 4 <= m->d_mg[0]) status |= JH_STATUS_CENTRE_OF_ZERO;
    if (last_range(i) == 1 && s->net_d_mg == m->d_mg[1]) status |= JH_STATUS_RANGE_2;
    return status;
}

uint32_t jh_status(const jh_indicator* i, uint64_t now_us) {
    uint32_t status = 0;
    if (!i->sealed.valid) return JH_STATUS_PARAMETERS_INVALID;
    if (!i->sealed.span_adjusted) status |= JH_STATUS_NOT_ADJUSTED;
    if (jh_warming_up(i)) status |= JH_STATUS_WARMING_UP;
    if (jh_adc_fault(i, now_us)) status |= JH_STATUS_ADC_FAULT;
    if (status & (JH_STATUS_WARMING_UP | JH_STATUS_ADC_FAULT)) return status;
    if (i->measuring.stable) status |= JH_STATUS_STABLE;
    if (i->operation.tare_active) status |= JH_STATUS_NET;
    if (i->sealed.span_adjusted) status |= load_status(i);
    if (now_us < i->operation.high_resolution_until_us) status |= JH_STATUS_HIGH_RESOLUTION;
    return status;
}

static int64_t wire_unit_mg(const jh_indicator* i) {
    int64_t unit = 1000000;
    for (uint32_t k = 0; k < i->sealed.works.decimals; ++k) unit /= 10;
    return unit;
}

int64_t jh_to_wire(const jh_indicator* i, int64_t mg) {
    return jh_divide_nearest(mg, wire_unit_mg(i));
}

int64_t jh_from_wire(const jh_indicator* i, int32_t wire) {
    return wire * wire_unit_mg(i);
}

static int32_t fitting(int64_t v) {
    return v > INT32_MAX || v < -INT32_MAX ? JH_BLANK : (int32_t)v;
}

int32_t jh_wire_mass(const jh_indicator* i, uint64_t now_us, int64_t mg) {
    if (jh_status(i, now_us) & JH_STATUS_BLANK) return JH_BLANK;
    return fitting(jh_to_wire(i, mg));
}

int32_t jh_wire_high_resolution(const jh_indicator* i, uint64_t now_us) {
    const uint32_t status = jh_status(i, now_us);
    if ((status & JH_STATUS_BLANK) || !(status & JH_STATUS_HIGH_RESOLUTION)) return JH_BLANK;
    const int64_t tenth = i->indication.gross_d_mg / 10;
    const int64_t mg = jh_round_to_interval(i->indication.gross_mg, tenth);
    return fitting(jh_divide_nearest(mg * 100, wire_unit_mg(i)));
}
