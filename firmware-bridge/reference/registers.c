/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/registers.h"

#include "firmware-bridge/reference/commands.h"
#include "firmware-bridge/reference/indication.h"
#include "firmware-bridge/reference/measuring.h"
#include "firmware-bridge/reference/parameters.h"

enum { INSTRUMENT_TYPE = 539, FIRMWARE_VERSION = 0x0100 };

typedef struct block {
    uint32_t first, last;
} block;

static const block readable[] = {{JH_REGISTER_STATUS, JH_REGISTER_HIGH_RESOLUTION + 1},
                                 {JH_REGISTER_PARAMETER, JH_REGISTER_LAST_COMMAND},
                                 {JH_REGISTER_TYPE, JH_REGISTER_MULTIPLE_RANGE},
                                 {JH_REGISTER_SEALED, JH_REGISTER_SEALED + JH_PARAMETER_COUNT - 1}};

static bool inside(const block* b, uint32_t first, uint32_t count) {
    return first >= b->first && first + count - 1 <= b->last;
}

bool jh_readable(uint32_t first, uint32_t count) {
    for (uint32_t k = 0; k < sizeof readable / sizeof *readable; ++k)
        if (inside(&readable[k], first, count)) return true;
    return false;
}

/* One half of a 32-bit value; the high word stands at the lower address. */
static uint16_t half(int64_t value, uint32_t word) {
    const uint32_t bits = (uint32_t)(uint64_t)value;
    return (uint16_t)(word == 0 ? bits >> 16 : bits);
}

static uint16_t read_measurement(const jh_indicator* i, uint64_t now_us, uint32_t address) {
    const jh_indication* s = &i->indication;
    const uint32_t word = (address - JH_REGISTER_GROSS) % 2;
    switch (address) {
        case JH_REGISTER_STATUS:
            return (uint16_t)jh_status(i, now_us);
        case JH_REGISTER_GROSS:
        case JH_REGISTER_GROSS + 1:
            return half(jh_wire_mass(i, now_us, s->gross_shown_mg), word);
        case JH_REGISTER_NET:
        case JH_REGISTER_NET + 1:
            return half(jh_wire_mass(i, now_us, s->net_shown_mg), word);
        case JH_REGISTER_TARE:
        case JH_REGISTER_TARE + 1:
            return half(jh_wire_mass(i, now_us, s->tare_shown_mg), word);
        case JH_REGISTER_INTERVAL:
        case JH_REGISTER_INTERVAL + 1:
            return half(jh_to_wire(i, s->net_d_mg), word);
        case JH_REGISTER_DECIMALS:
            return i->sealed.works.decimals;
        case JH_REGISTER_CONVERSIONS:
            return i->measuring.conversions;
        default:
            return half(jh_wire_high_resolution(i, now_us), word);
    }
}

static uint16_t read_command(const jh_indicator* i, uint32_t address) {
    const jh_operation* o = &i->operation;
    switch (address) {
        case JH_REGISTER_COMMAND:
            return o->command;
        case JH_REGISTER_COMMAND_STATE:
            return o->command_state;
        case JH_REGISTER_LAST_COMMAND:
            return o->command;
        default:
            return half(o->parameter, address - JH_REGISTER_PARAMETER);
    }
}

static uint16_t read_identity(const jh_indicator* i, uint32_t address) {
    const jh_measuring* m = &i->measuring;
    const int last = i->sealed.works.ranges == 2 ? 1 : 0;
    const int64_t interval_2_mg = last == 1 ? m->d_mg[1] : 0;
    switch (address) {
        case JH_REGISTER_TYPE:
            return INSTRUMENT_TYPE;
        case JH_REGISTER_VERSION:
            return FIRMWARE_VERSION;
        case JH_REGISTER_EVENTS:
            return i->sealed.events;
        case JH_REGISTER_RANGES:
            return i->sealed.works.ranges;
        case JH_REGISTER_MULTIPLE_RANGE:
            return i->sealed.works.multiple_range;
        case JH_REGISTER_SERIAL:
        case JH_REGISTER_SERIAL + 1:
            return half(i->sealed.works.serial, address - JH_REGISTER_SERIAL);
        case JH_REGISTER_CHECKSUM:
        case JH_REGISTER_CHECKSUM + 1:
            return half(i->sealed.checksum, address - JH_REGISTER_CHECKSUM);
        case JH_REGISTER_MAX:
        case JH_REGISTER_MAX + 1:
            return half(jh_to_wire(i, m->max_mg[last]), address - JH_REGISTER_MAX);
        case JH_REGISTER_INTERVAL_1:
        case JH_REGISTER_INTERVAL_1 + 1:
            return half(jh_to_wire(i, m->d_mg[0]), address - JH_REGISTER_INTERVAL_1);
        case JH_REGISTER_MAX_1:
        case JH_REGISTER_MAX_1 + 1:
            return half(jh_to_wire(i, m->max_mg[0]), address - JH_REGISTER_MAX_1);
        default:
            return half(jh_to_wire(i, interval_2_mg), address - JH_REGISTER_INTERVAL_2);
    }
}

uint16_t jh_read_register(const jh_indicator* i, uint64_t now_us, uint32_t address) {
    if (address < JH_REGISTER_PARAMETER) return read_measurement(i, now_us, address);
    if (address < JH_REGISTER_TYPE) return read_command(i, address);
    if (address < JH_REGISTER_SEALED) return read_identity(i, address);
    return jh_parameter(i, address - JH_REGISTER_SEALED);
}

static uint16_t word_at(const uint8_t* words, uint32_t k) {
    return (uint16_t)((uint32_t)words[(size_t)2 * k] << 8 | words[(size_t)2 * k + 1]);
}

static void write_command(jh_indicator* i, uint64_t now_us, uint32_t address, uint16_t word) {
    const uint32_t before = (uint32_t)i->operation.parameter;
    switch (address) {
        case JH_REGISTER_PARAMETER:
            i->operation.parameter = (int32_t)((before & 0xFFFFu) | (uint32_t)word << 16);
            break;
        case JH_REGISTER_PARAMETER + 1:
            i->operation.parameter = (int32_t)((before & 0xFFFF0000u) | word);
            break;
        default:
            jh_execute(i, now_us, word);
            break;
    }
}

static uint8_t write_sealed(jh_indicator* i, uint32_t index, uint32_t count, const uint8_t* words) {
    uint32_t changes = 0;
    if (!i->operation.unlocked || !i->sealed.valid) return JH_EXCEPTION_FAILURE;
    for (uint32_t k = 0; k < count; ++k)
        if (!jh_parameter_possible(i, index + k, word_at(words, k))) return JH_EXCEPTION_VALUE;
    for (uint32_t k = 0; k < count; ++k) {
        changes += jh_parameter(i, index + k) != word_at(words, k);
        jh_set_parameter(i, index + k, word_at(words, k));
    }
    if (changes == 0) return JH_EXCEPTION_NONE;
    jh_save_parameters(i, changes);
    jh_restart_measuring(i);
    return JH_EXCEPTION_NONE;
}

uint8_t jh_write_registers(jh_indicator* i, uint64_t now_us, uint32_t first, uint32_t count,
                           const uint8_t* words) {
    static const block command = {JH_REGISTER_PARAMETER, JH_REGISTER_COMMAND};
    static const block sealed = {JH_REGISTER_SEALED, JH_REGISTER_SEALED + JH_PARAMETER_COUNT - 1};
    if (inside(&sealed, first, count))
        return write_sealed(i, first - JH_REGISTER_SEALED, count, words);
    if (!inside(&command, first, count)) return JH_EXCEPTION_ADDRESS;
    /* Rising addresses: the parameter is in place when the command is carried out. */
    for (uint32_t k = 0; k < count; ++k) write_command(i, now_us, first + k, word_at(words, k));
    return JH_EXCEPTION_NONE;
}
