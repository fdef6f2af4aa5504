/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_PARAMETERS_H
#define JH_PARAMETERS_H

#include <stddef.h>

#include "firmware-bridge/reference/indicator_state.h"

/* Non-volatile memory: two slots, written in turn, the valid one with the higher sequence counts.
 * Power may fail at any byte of a write and the other slot still stands.
 *   0 sequence u32   4 events u16   6 events inverted u16   8 parameters   84 CRC-32 of 0..83
 * All big-endian. The inverted copy lets the event counter survive a slot whose CRC is bad. */
enum {
    JH_SLOT_HEADER_BYTES = 8,
    JH_SLOT_PARAMETER_BYTES = 76,
    JH_SLOT_BYTES = JH_SLOT_HEADER_BYTES + JH_SLOT_PARAMETER_BYTES + 4,
    JH_NONVOLATILE_BYTES = 2 * JH_SLOT_BYTES
};

/* Registers 50.. in order. */
enum {
    JH_PARAMETER_FILTER_MS,
    JH_PARAMETER_STABILITY_BAND_CD,
    JH_PARAMETER_STABILITY_MS,
    JH_PARAMETER_TRACKING_BAND_CD,
    JH_PARAMETER_TRACKING_RATE_CD_S,
    JH_PARAMETER_COUNT
};

/* CRC-32 (IEEE 802.3), as zlib's crc32(). */
uint32_t jh_crc32(const uint8_t* bytes, size_t count);

/* At power-on. Without a valid slot: sealed.valid is false, station 1 and 9600 baud answer. */
void jh_load_parameters(jh_indicator* i);
/* After an adjustment or a parameter change: counts the event and writes the other slot. */
void jh_save_parameters(jh_indicator* i, uint32_t events);

uint16_t jh_parameter(const jh_indicator* i, uint32_t index);
/* Whether the indicator can work with the value, lawful or not: the seal guards the law. */
bool jh_parameter_possible(const jh_indicator* i, uint32_t index, uint16_t value);
void jh_set_parameter(jh_indicator* i, uint32_t index, uint16_t value);

#endif
