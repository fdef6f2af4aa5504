/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_INDICATOR_PARAMETERS_H
#define JH_INDICATOR_PARAMETERS_H

/* Sealed parameters of the reference indicator as they leave the works. Masses in grams. */

#include <stddef.h>
#include <stdint.h>

#include "firmware-bridge/abi/jh_firmware.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jh_indicator_parameters {
    uint32_t serial;
    uint8_t ranges;         /* 1 or 2 */
    uint8_t multiple_range; /* of 2 ranges, 0: multi-interval; 1: each a complete instrument */
    int64_t max_g[2];
    int64_t interval_g[2];      /* d = e */
    uint8_t decimals;           /* of the kg values on the wire, 0..3 */
    uint16_t rate_hz;           /* conversions a second */
    uint16_t filter_ms;         /* moving average */
    uint16_t stability_band_cd; /* hundredths of d */
    uint16_t stability_ms;
    uint16_t tracking_band_cd;   /* hundredths of d around zero */
    uint16_t tracking_rate_cd_s; /* hundredths of d per second; 0 is off */
    uint16_t initial_zero_pm;    /* total span, thousandths of Max */
    uint16_t zero_pm;            /* total span of zero setting and tracking, thousandths of Max */
    uint16_t rounding_hysteresis_g; /* the display lets go this far below the change-over point */
    uint8_t station;
    uint32_t baud;
} jh_indicator_parameters;

/* The reference indicator's firmware. */
const jh_firmware_api* jh_reference_firmware(void);

/* Writes a works-fresh, uncalibrated non-volatile image of api->nonvolatile_bytes. */
void jh_reference_nonvolatile(const jh_indicator_parameters* parameters, uint8_t* nonvolatile);

#ifdef __cplusplus
}
#endif

#endif
