/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/indicator_core.h"

#include "firmware-bridge/reference/commands.h"
#include "firmware-bridge/reference/indication.h"
#include "firmware-bridge/reference/measuring.h"
#include "firmware-bridge/reference/parameters.h"
#include "firmware-bridge/reference/registers.h"
#include "firmware-bridge/reference/zero.h"

static void read_status(const jh_indicator* i, uint64_t now_us, jh_core_values* out) {
    const uint32_t status = jh_status(i, now_us);
    out->stable = (status & JH_STATUS_STABLE) != 0;
    out->zero_centre = (status & JH_STATUS_CENTRE_OF_ZERO) != 0;
    out->net = (status & JH_STATUS_NET) != 0;
    out->overload = (status & JH_STATUS_OVERLOAD) != 0;
    out->underload = (status & JH_STATUS_UNDERLOAD) != 0;
    out->fault = (status & JH_STATUS_ADC_FAULT) != 0;
    out->parameters_invalid = (status & JH_STATUS_PARAMETERS_INVALID) != 0;
    out->not_adjusted = (status & JH_STATUS_NOT_ADJUSTED) != 0;
    out->high_resolution = (status & JH_STATUS_HIGH_RESOLUTION) != 0;
    out->range_2 = (status & JH_STATUS_RANGE_2) != 0;
    out->warming_up = (status & JH_STATUS_WARMING_UP) != 0;
    out->dark = (status & JH_STATUS_BLANK) != 0;
}

void jh_core_read(const void* state, uint64_t now_us, jh_core_values* out) {
    const jh_indicator* i = state;
    const jh_measuring* m = &i->measuring;
    const int last = i->sealed.works.ranges == 2 ? 1 : 0;
    read_status(i, now_us, out);
    out->gross_mg = i->indication.gross_shown_mg;
    out->net_mg = i->indication.net_shown_mg;
    out->tare_mg = i->indication.tare_shown_mg;
    out->interval_mg = i->indication.net_d_mg;
    out->max_mg = m->max_mg[last];
    out->first_max_mg = m->max_mg[0];
    out->first_interval_mg = m->d_mg[0];
    out->second_interval_mg = last == 1 ? m->d_mg[1] : 0;
    out->code_q8 = (int32_t)m->filtered_q8; /* 24 bits and 8 */
    out->dead_load_q8 = i->sealed.dead_load_q8;
    out->zero_q8 =
        (int32_t)(i->sealed.dead_load_q8 + jh_codes_of(&i->sealed.span, i->zero.actual_mg));
    out->conversions = m->conversions;
    out->type = jh_read_register(i, now_us, JH_REGISTER_TYPE);
    out->firmware = jh_read_register(i, now_us, JH_REGISTER_VERSION);
    out->events = i->sealed.events;
    out->serial = i->sealed.works.serial;
    out->checksum = i->sealed.checksum;
}

static jh_core_outcome outcome_of(uint16_t command_state) {
    switch (command_state) {
        case JH_STATE_DONE:
            return JH_CORE_DONE;
        case JH_STATE_NOT_STABLE:
            return JH_CORE_NOT_STABLE;
        case JH_STATE_SEALED:
            return JH_CORE_SEALED;
        case JH_STATE_NO_WEIGHT:
            return JH_CORE_NO_WEIGHT;
        default:
            return JH_CORE_OUT_OF_RANGE;
    }
}

jh_core_outcome jh_core_execute(void* state, uint64_t now_us, jh_core_command command,
                                int64_t mass_mg) {
    static const uint16_t codes[] = {
        [JH_CORE_ZERO] = JH_COMMAND_ZERO,
        [JH_CORE_TARE] = JH_COMMAND_TARE,
        [JH_CORE_CLEAR_TARE] = JH_COMMAND_CLEAR_TARE,
        [JH_CORE_ADJUST_ZERO] = JH_COMMAND_ADJUST_ZERO,
        [JH_CORE_ADJUST_SPAN] = JH_COMMAND_ADJUST_SPAN,
        [JH_CORE_UNLOCK] = JH_COMMAND_UNLOCK,
        [JH_CORE_SEAL] = JH_COMMAND_SEAL,
    };
    jh_indicator* i = state;
    if (!i->sealed.valid) return JH_CORE_NO_WEIGHT;
    i->operation.parameter =
        command == JH_CORE_UNLOCK ? JH_UNLOCK_CODE : (int32_t)jh_to_wire(i, mass_mg);
    jh_execute(i, now_us, codes[command]);
    return outcome_of(i->operation.command_state);
}

int64_t jh_core_mass_of(const void* state, int64_t codes_q8) {
    const jh_indicator* i = state;
    return jh_mass_of(&i->sealed.span, codes_q8);
}

/* The new adjustment is kept and shown, as after one by the live signal. */
static void take_adjustment(jh_indicator* i) {
    jh_save_parameters(i, 1);
    jh_limit_motion(i);
    jh_weigh(i);
    jh_indicate(i);
}

jh_core_outcome jh_core_set_dead_load(void* state, int64_t code_q8) {
    jh_indicator* i = state;
    if (!i->operation.unlocked) return JH_CORE_SEALED;
    if (code_q8 / 256 > JH_CODE_MAX || code_q8 / 256 < JH_CODE_MIN) return JH_CORE_OUT_OF_RANGE;
    i->sealed.dead_load_q8 = (int32_t)code_q8;
    i->sealed.zero_adjusted = true;
    jh_reset_zero(i);
    take_adjustment(i);
    return JH_CORE_DONE;
}

jh_core_outcome jh_core_set_span(void* state, int64_t mass_mg, int64_t codes_q8) {
    jh_indicator* i = state;
    if (!i->operation.unlocked) return JH_CORE_SEALED;
    if (mass_mg <= 0 || codes_q8 <= 0 || codes_q8 / 256 > JH_CODE_MAX) return JH_CORE_OUT_OF_RANGE;
    jh_take_span(i, mass_mg, codes_q8);
    take_adjustment(i);
    return JH_CORE_DONE;
}
