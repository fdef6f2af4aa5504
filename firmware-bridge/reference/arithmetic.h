/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_ARITHMETIC_H
#define JH_ARITHMETIC_H

/* Exact integer arithmetic: the indicator has no floating point. Codes carry 8 fractional bits
 * ("q8"), masses are milligrams. */

#include <stdint.h>

static inline uint64_t jh_magnitude(int64_t v) {
    return v < 0 ? (uint64_t)(-v) : (uint64_t)v;
}

static inline int64_t jh_with_sign_of(int64_t sign, uint64_t magnitude) {
    return sign < 0 ? -(int64_t)magnitude : (int64_t)magnitude;
}

/* Nearest whole quotient, halves away from zero; b > 0. */
static inline int64_t jh_divide_nearest(int64_t a, int64_t b) {
    const uint64_t divisor = (uint64_t)b;
    return jh_with_sign_of(a, (jh_magnitude(a) + divisor / 2) / divisor);
}

/* I = d * floor(P / d + 1/2), the rounding the change-over point method presumes (R 76-1 A.4.4.3).
 */
static inline int64_t jh_round_to_interval(int64_t mg, int64_t d) {
    const int64_t numerator = 2 * mg + d;
    const int64_t quotient = numerator / (2 * d);
    const int64_t floored = numerator % (2 * d) < 0 ? quotient - 1 : quotient;
    return floored * d;
}

/* Milligrams per q8 code = mantissa / 2^shift. The mantissa has 30 bits whatever the scale, so the
 * span is good to 1e-9, and 2^33 codes times 2^30 still fits 64 bits. */
typedef struct jh_span {
    uint32_t mantissa;
    uint32_t shift;
} jh_span;

/* The span with which `codes_q8` (> 0) make `mass_mg` (> 0). */
static inline void jh_set_span(jh_span* span, int64_t mass_mg, int64_t codes_q8) {
    const uint64_t codes = (uint64_t)codes_q8;
    uint64_t numerator = (uint64_t)mass_mg;
    span->shift = 0;
    while (numerator / codes < (UINT32_C(1) << 29)) {
        numerator *= 2;
        ++span->shift;
    }
    span->mantissa = (uint32_t)((numerator + codes / 2) / codes);
}

static inline int64_t jh_mass_of(const jh_span* span, int64_t codes_q8) {
    const uint64_t product = jh_magnitude(codes_q8) * span->mantissa;
    const uint64_t half = span->shift == 0 ? 0 : (uint64_t)1 << (span->shift - 1);
    return jh_with_sign_of(codes_q8, (product + half) >> span->shift);
}

static inline int64_t jh_codes_of(const jh_span* span, int64_t mg) {
    return jh_with_sign_of(mg, (jh_magnitude(mg) << span->shift) / span->mantissa);
}

#endif
