/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_INDICATOR_CORE_H
#define JH_INDICATOR_CORE_H

/* The core of the reference firmware behind another maker's register map: what it measures and what
 * it can be told, without its own wire. `state` is the state block of a host that runs
 * jh_reference_firmware(). Masses in millionths of the unit shown ("mg"). */

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jh_core_values {
    bool stable, zero_centre, net, overload, underload, fault;
    bool parameters_invalid, not_adjusted, high_resolution, range_2, warming_up;
    bool dark; /* by R 76-1 no weight may be shown; the masses below go on all the same */
    int64_t gross_mg, net_mg, tare_mg, interval_mg;
    int64_t max_mg, first_max_mg, first_interval_mg, second_interval_mg;
    int32_t code_q8;      /* filtered, in 1/256 of the converter's steps */
    int32_t dead_load_q8; /* code of the empty scale when it was adjusted */
    int32_t zero_q8;      /* code at which the gross value is zero now, as set and tracked */
    uint16_t conversions;
    uint16_t type, firmware, events;
    uint32_t serial, checksum;
} jh_core_values;

void jh_core_read(const void* state, uint64_t now_us, jh_core_values* out);

typedef enum jh_core_command {
    JH_CORE_ZERO,
    JH_CORE_TARE,
    JH_CORE_CLEAR_TARE,
    JH_CORE_ADJUST_ZERO,
    JH_CORE_ADJUST_SPAN, /* the load stands in `mass_mg` */
    JH_CORE_UNLOCK,
    JH_CORE_SEAL
} jh_core_command;

typedef enum jh_core_outcome {
    JH_CORE_DONE,
    JH_CORE_NOT_STABLE,
    JH_CORE_OUT_OF_RANGE,
    JH_CORE_SEALED,
    JH_CORE_NO_WEIGHT
} jh_core_outcome;

/* Carries a command out at once or says why not. */
jh_core_outcome jh_core_execute(void* state, uint64_t now_us, jh_core_command command,
                                int64_t mass_mg);

/* What so many codes weigh by the present adjustment, in millionths of the unit shown. */
int64_t jh_core_mass_of(const void* state, int64_t codes_q8);

/* Adjustment by numbers instead of by the live signal; refused while sealed or when impossible.
 * Codes in 1/256 of the converter's steps. */
jh_core_outcome jh_core_set_dead_load(void* state, int64_t code_q8);
jh_core_outcome jh_core_set_span(void* state, int64_t mass_mg, int64_t codes_q8);

#ifdef __cplusplus
}
#endif

#endif
