/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/commands.h"

#include "firmware-bridge/reference/indication.h"
#include "firmware-bridge/reference/measuring.h"
#include "firmware-bridge/reference/parameters.h"
#include "firmware-bridge/reference/zero.h"

/* R 76-1 4.4.3: high resolution for at most 5 s after a command. */
enum { HIGH_RESOLUTION_US = 5000000 };

/* Adjustment of span wants at least this much of Max on the receptor. */
enum { LEAST_SPAN_LOAD_PERCENT = 5 };
/* The signal of Max: from 1/64 of the converter's positive side (0.3 mV) up to all of it. */
enum { LEAST_CODES_AT_MAX = 0x20000 };

static int64_t last_max_mg(const jh_indicator* i) {
    return i->measuring.max_mg[i->sealed.works.ranges - 1];
}

static uint16_t set_zero(jh_indicator* i, uint32_t status) {
    /* A scale blanked by underload can be led out of it by zero setting; any other blank cannot. */
    if (status & JH_STATUS_BLANK & ~(uint32_t)JH_STATUS_UNDERLOAD) return JH_STATE_NO_WEIGHT;
    if (!(status & JH_STATUS_STABLE)) return JH_STATE_NOT_STABLE;
    return jh_set_zero(i) ? JH_STATE_DONE : JH_STATE_OUT_OF_RANGE;
}

static uint16_t set_tare(jh_indicator* i, uint32_t status) {
    const int64_t gross_mg = i->indication.gross_mg, shown_mg = i->indication.gross_shown_mg;
    if (status & JH_STATUS_BLANK) return JH_STATE_NO_WEIGHT;
    if (!(status & JH_STATUS_STABLE)) return JH_STATE_NOT_STABLE;
    if (shown_mg <= 0 || shown_mg > last_max_mg(i)) return JH_STATE_OUT_OF_RANGE;
    i->operation.tare_mg = gross_mg; /* unrounded: net zero is right within 0.25 e (4.6.3) */
    i->operation.tare_active = true;
    return JH_STATE_DONE;
}

static void clear_tare(jh_indicator* i) {
    i->operation.tare_mg = 0;
    i->operation.tare_active = false;
}

bool jh_follow_range(jh_indicator* i, uint64_t now_us) {
    const uint32_t home = JH_STATUS_STABLE | JH_STATUS_CENTRE_OF_ZERO;
    const uint8_t before = i->operation.range;
    if (!i->sealed.works.multiple_range || !i->sealed.span_adjusted) return false;
    if (!jh_in_first_range(i, i->indication.gross_mg)) {
        i->operation.range = 1;
    } else if (!i->operation.tare_active && (jh_status(i, now_us) & home) == home) {
        i->operation.range = 0;
    }
    return i->operation.range != before;
}

/* By hand, without load: the tare goes and zero is set (R 76-1 4.10.1). */
static uint16_t lowest_range(jh_indicator* i, uint32_t status) {
    if (status & JH_STATUS_BLANK) return JH_STATE_NO_WEIGHT;
    if (!(status & JH_STATUS_STABLE)) return JH_STATE_NOT_STABLE;
    if (!i->sealed.works.multiple_range || i->indication.gross_shown_mg != 0)
        return JH_STATE_OUT_OF_RANGE;
    if (!jh_set_zero(i)) return JH_STATE_OUT_OF_RANGE;
    clear_tare(i);
    i->operation.range = 0;
    return JH_STATE_DONE;
}

/* What both adjustments ask for first; JH_STATE_DONE: go on. */
static uint16_t may_adjust(const jh_indicator* i, uint32_t status) {
    const uint32_t unusable =
        JH_STATUS_PARAMETERS_INVALID | JH_STATUS_WARMING_UP | JH_STATUS_ADC_FAULT;
    if (!i->operation.unlocked) return JH_STATE_SEALED;
    if (status & unusable) return JH_STATE_NO_WEIGHT;
    return status & JH_STATUS_STABLE ? JH_STATE_DONE : JH_STATE_NOT_STABLE;
}

static void finish_adjustment(jh_indicator* i) {
    jh_save_parameters(i, 1);
    jh_limit_motion(i);
    jh_weigh(i);
}

static uint16_t adjust_zero(jh_indicator* i, uint32_t status) {
    const uint16_t allowed = may_adjust(i, status);
    if (allowed != JH_STATE_DONE) return allowed;
    i->sealed.dead_load_q8 = (int32_t)i->measuring.filtered_q8;
    i->sealed.zero_adjusted = true;
    jh_reset_zero(i);
    clear_tare(i);
    finish_adjustment(i);
    return JH_STATE_DONE;
}

static uint16_t adjust_span(jh_indicator* i, uint32_t status) {
    const uint16_t allowed = may_adjust(i, status);
    if (allowed != JH_STATE_DONE) return allowed;
    const int64_t mass_mg = jh_from_wire(i, i->operation.parameter);
    const int64_t max_mg = last_max_mg(i);
    const int64_t zero_q8 = jh_codes_of(&i->sealed.span, i->zero.actual_mg);
    const int64_t live_q8 = i->measuring.filtered_q8 - i->sealed.dead_load_q8 - zero_q8;

    if (!i->sealed.zero_adjusted || live_q8 <= 0) return JH_STATE_OUT_OF_RANGE;
    if (mass_mg * 100 < max_mg * LEAST_SPAN_LOAD_PERCENT || mass_mg > max_mg)
        return JH_STATE_OUT_OF_RANGE;
    /* mass and Max within 20 of each other, so the quotient in kg loses nothing that matters. */
    const int64_t codes_at_max = live_q8 / 256 * (max_mg / 1000) / (mass_mg / 1000);
    const int64_t room = JH_CODE_MAX - i->sealed.dead_load_q8 / 256;
    if (codes_at_max < LEAST_CODES_AT_MAX || codes_at_max > room) return JH_STATE_OUT_OF_RANGE;

    jh_take_span(i, mass_mg, live_q8);
    clear_tare(i);
    finish_adjustment(i);
    return JH_STATE_DONE;
}

static uint16_t unlock(jh_indicator* i) {
    if (i->operation.parameter != JH_UNLOCK_CODE) return JH_STATE_OUT_OF_RANGE;
    i->operation.unlocked = true;
    return JH_STATE_DONE;
}

static uint16_t outcome(jh_indicator* i, uint64_t now_us, uint16_t command) {
    const uint32_t status = jh_status(i, now_us);
    switch (command) {
        case JH_COMMAND_ZERO:
            return set_zero(i, status);
        case JH_COMMAND_TARE:
            return set_tare(i, status);
        case JH_COMMAND_CLEAR_TARE:
            clear_tare(i);
            return JH_STATE_DONE;
        case JH_COMMAND_HIGH_RESOLUTION:
            if (status & JH_STATUS_BLANK) return JH_STATE_NO_WEIGHT;
            i->operation.high_resolution_until_us = now_us + HIGH_RESOLUTION_US;
            return JH_STATE_DONE;
        case JH_COMMAND_LOWEST_RANGE:
            return lowest_range(i, status);
        case JH_COMMAND_ADJUST_ZERO:
            return adjust_zero(i, status);
        case JH_COMMAND_ADJUST_SPAN:
            return adjust_span(i, status);
        case JH_COMMAND_UNLOCK:
            return unlock(i);
        case JH_COMMAND_SEAL:
            i->operation.unlocked = false;
            return JH_STATE_DONE;
        default:
            return JH_STATE_UNKNOWN;
    }
}

void jh_execute(jh_indicator* i, uint64_t now_us, uint16_t command) {
    i->operation.command_state = outcome(i, now_us, command);
    i->operation.command = command;
    /* The next answer already shows the effect. */
    if (i->sealed.valid) jh_indicate(i);
}
