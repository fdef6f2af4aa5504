/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_REGISTERS_H
#define JH_REGISTERS_H

#include "firmware-bridge/reference/indicator_state.h"

/* The register map; docs/indicator.md has it as a table. */
enum {
    JH_REGISTER_STATUS = 0,
    JH_REGISTER_GROSS = 1,
    JH_REGISTER_NET = 3,
    JH_REGISTER_TARE = 5,
    JH_REGISTER_INTERVAL = 7,
    JH_REGISTER_DECIMALS = 9,
    JH_REGISTER_CONVERSIONS = 10,
    JH_REGISTER_HIGH_RESOLUTION = 11,
    JH_REGISTER_PARAMETER = 20,
    JH_REGISTER_COMMAND = 22,
    JH_REGISTER_COMMAND_STATE = 23,
    JH_REGISTER_LAST_COMMAND = 24,
    JH_REGISTER_TYPE = 30,
    JH_REGISTER_VERSION = 31,
    JH_REGISTER_SERIAL = 32,
    JH_REGISTER_CHECKSUM = 34,
    JH_REGISTER_EVENTS = 36,
    JH_REGISTER_MAX = 37,
    JH_REGISTER_INTERVAL_1 = 39,
    JH_REGISTER_MAX_1 = 41,
    JH_REGISTER_INTERVAL_2 = 43,
    JH_REGISTER_RANGES = 45,
    JH_REGISTER_MULTIPLE_RANGE = 46,
    JH_REGISTER_SEALED = 50
};

/* Modbus exception codes; 0: none. */
enum {
    JH_EXCEPTION_NONE = 0,
    JH_EXCEPTION_FUNCTION = 1,
    JH_EXCEPTION_ADDRESS = 2,
    JH_EXCEPTION_VALUE = 3,
    JH_EXCEPTION_FAILURE = 4
};

bool jh_readable(uint32_t first, uint32_t count);
uint16_t jh_read_register(const jh_indicator* i, uint64_t now_us, uint32_t address);
/* `words` big-endian as in the frame. Writes all or nothing and says which exception to answer. */
uint8_t jh_write_registers(jh_indicator* i, uint64_t now_us, uint32_t first, uint32_t count,
                           const uint8_t* words);

#endif
