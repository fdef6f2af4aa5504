/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_INDICATION_H
#define JH_INDICATION_H

#include "firmware-bridge/reference/indicator_state.h"

enum {
    JH_STATUS_STABLE = 1 << 0,
    JH_STATUS_CENTRE_OF_ZERO = 1 << 1,
    JH_STATUS_NET = 1 << 2,
    JH_STATUS_OVERLOAD = 1 << 3,
    JH_STATUS_UNDERLOAD = 1 << 4,
    JH_STATUS_ADC_FAULT = 1 << 5,
    JH_STATUS_PARAMETERS_INVALID = 1 << 6,
    JH_STATUS_NOT_ADJUSTED = 1 << 7,
    JH_STATUS_HIGH_RESOLUTION = 1 << 8,
    JH_STATUS_RANGE_2 = 1 << 9,
    JH_STATUS_WARMING_UP = 1 << 10,
    /* Any of these: no weight value may be shown. */
    JH_STATUS_BLANK = JH_STATUS_OVERLOAD | JH_STATUS_UNDERLOAD | JH_STATUS_ADC_FAULT |
                      JH_STATUS_PARAMETERS_INVALID | JH_STATUS_NOT_ADJUSTED | JH_STATUS_WARMING_UP
};

/* What a mass register holds in place of a value. */
#define JH_BLANK INT32_MIN

/* Whether `mg`, once rounded, lies in the first range. */
bool jh_in_first_range(const jh_indicator* i, int64_t mg);
/* Gross and net from load, zero and tare, and what is shown of them. */
void jh_indicate(jh_indicator* i);
uint32_t jh_status(const jh_indicator* i, uint64_t now_us);

/* Values as the registers carry them, JH_BLANK where none may be shown. */
int32_t jh_wire_mass(const jh_indicator* i, uint64_t now_us, int64_t mg);
int32_t jh_wire_high_resolution(const jh_indicator* i, uint64_t now_us);
/* 10^-decimals kg, without blanking: for parameters. */
int64_t jh_to_wire(const jh_indicator* i, int64_t mg);
int64_t jh_from_wire(const jh_indicator* i, int32_t wire);

#endif
