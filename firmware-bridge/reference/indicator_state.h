/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_INDICATOR_STATE_H
#define JH_INDICATOR_STATE_H

/* Everything the indicator remembers while it has power, grouped by the stage that writes it:
 * codes -> measuring -> zero -> indication -> registers. Members are assigned one by one, never
 * whole structs, so that padding stays zero and equal runs have equal bytes. */

#include <stdbool.h>
#include <stdint.h>

#include "firmware-bridge/reference/arithmetic.h"
#include "firmware-bridge/reference/indicator_parameters.h"

enum {
    JH_FILTER_SAMPLES = 128,
    JH_STABILITY_SAMPLES = 256,
    JH_FRAME_BYTES = 256,
    JH_CODE_MAX = 0x7FFFFF,
    JH_CODE_MIN = -0x800000,
    JH_UNLOCK_CODE = 539
};

/* What the seal protects: a copy of the valid non-volatile slot. Writer: parameters.c */
typedef struct jh_sealed {
    jh_indicator_parameters works;
    int32_t dead_load_q8; /* code with the empty receptor, at adjustment */
    jh_span span;
    bool zero_adjusted, span_adjusted;
    bool valid;        /* false: no slot had a good checksum */
    uint16_t events;   /* non-resettable counter of adjustments and parameter changes */
    uint32_t sequence; /* of the slot in use */
    uint32_t slot;
    uint32_t checksum; /* of the parameters alone: returns when they return */
} jh_sealed;

/* Writer: measuring.c */
typedef struct jh_measuring {
    int64_t max_mg[2], d_mg[2];
    int64_t band_q8, motion_q8; /* limits of stability in codes */
    uint32_t filter_length, window_length;
    uint32_t filter_at, window_at;
    uint32_t filter_filled, window_filled;
    uint32_t saturated_left; /* conversions until the last saturated one has left the filter */
    int64_t sum;
    int64_t filtered_q8;
    int64_t load_mg; /* above the adjusted dead load */
    uint64_t last_us;
    bool stable;
    uint16_t conversions;
    int32_t codes[JH_FILTER_SAMPLES];
    int32_t window[JH_STABILITY_SAMPLES];
} jh_measuring;

/* Masses above the adjusted dead load. Writer: zero.c */
typedef struct jh_zero {
    int64_t initial_mg; /* centre of the range of zero setting and tracking */
    int64_t actual_mg;
    bool initial_done;
} jh_zero;

/* Writer: indication.c */
typedef struct jh_indication {
    int64_t gross_mg, net_mg; /* not rounded */
    int64_t gross_shown_mg, net_shown_mg, tare_shown_mg;
    int64_t gross_d_mg, net_d_mg;
} jh_indication;

/* Writer: commands.c */
typedef struct jh_operation {
    int64_t tare_mg;
    uint64_t high_resolution_until_us;
    int32_t parameter;
    uint16_t command, command_state;
    bool tare_active, unlocked;
    uint8_t range; /* in use, of a multiple range instrument; 0 is the lowest */
} jh_operation;

/* Writer: modbus_slave.c */
typedef struct jh_slave {
    uint64_t last_us;
    uint64_t gap_us; /* longest time from byte to byte inside a frame */
    uint64_t end_us; /* silence after which a frame is complete */
    uint32_t length, reply_length, reply_taken;
    bool open, spoiled;
    uint8_t frame[JH_FRAME_BYTES];
    uint8_t reply[JH_FRAME_BYTES];
} jh_slave;

typedef struct jh_indicator {
    jh_sealed sealed;
    jh_measuring measuring;
    jh_zero zero;
    jh_indication indication;
    jh_operation operation;
    jh_slave slave;
    uint8_t* nonvolatile; /* last: the only address, see comparable_bytes */
} jh_indicator;

#endif
