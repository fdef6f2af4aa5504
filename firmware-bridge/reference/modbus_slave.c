/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/reference/modbus_slave.h"

#include <string.h>

#include "firmware-bridge/reference/registers.h"

enum { READ_HOLDING = 3, WRITE_ONE = 6, WRITE_MANY = 16 };
enum { MOST_READ = 125, MOST_WRITTEN = 123, BROADCAST = 0 };
/* Times arrive cut to whole microseconds, so a difference may seem up to 1 us longer. */
enum { CLOCK_GRAIN_US = 1 };

uint16_t jh_crc16(const uint8_t* bytes, size_t count) {
    uint32_t crc = 0xFFFFu;
    for (size_t k = 0; k < count; ++k) {
        crc ^= bytes[k];
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xA001u & (0u - (crc & 1u)));
    }
    return (uint16_t)crc;
}

void jh_start_slave(jh_indicator* i) {
    const uint64_t baud = i->sealed.works.baud;
    const uint64_t half_character_us = (UINT64_C(11) * 500000u + baud - 1) / baud;
    /* Bytes are timed at their end, so the time from one to the next holds a whole character. */
    const bool fast = baud > 19200;
    i->slave.gap_us = (fast ? 750 + 2 * half_character_us : 5 * half_character_us) + CLOCK_GRAIN_US;
    i->slave.end_us = (fast ? 1750 : 7 * half_character_us) + CLOCK_GRAIN_US;
}

void jh_slave_receive(jh_indicator* i, uint64_t now_us, uint8_t byte) {
    jh_slave* s = &i->slave;
    jh_slave_run(i, now_us);
    if (s->open && now_us > s->last_us + s->gap_us) s->spoiled = true;
    if (s->length == JH_FRAME_BYTES)
        s->spoiled = true; /* overlong */
    else
        s->frame[s->length++] = byte;
    s->open = true;
    s->last_us = now_us;
}

uint64_t jh_slave_wake_us(const jh_indicator* i) {
    return i->slave.open ? i->slave.last_us + i->slave.end_us : JH_FIRMWARE_NEVER;
}

static uint32_t word(const uint8_t* at) {
    return (uint32_t)at[0] << 8 | at[1];
}

static void append_word(jh_slave* s, uint32_t v) {
    s->reply[s->reply_length++] = (uint8_t)(v >> 8);
    s->reply[s->reply_length++] = (uint8_t)v;
}

static uint8_t read_holding(jh_indicator* i, uint64_t now_us) {
    jh_slave* s = &i->slave;
    const uint32_t first = word(s->frame + 2), count = word(s->frame + 4);
    if (s->length != 8 || count < 1 || count > MOST_READ) return JH_EXCEPTION_VALUE;
    if (!jh_readable(first, count)) return JH_EXCEPTION_ADDRESS;
    s->reply[s->reply_length++] = (uint8_t)(2 * count);
    for (uint32_t k = 0; k < count; ++k) append_word(s, jh_read_register(i, now_us, first + k));
    return JH_EXCEPTION_NONE;
}

static uint8_t write_one(jh_indicator* i, uint64_t now_us) {
    jh_slave* s = &i->slave;
    if (s->length != 8) return JH_EXCEPTION_VALUE;
    append_word(s, word(s->frame + 2));
    append_word(s, word(s->frame + 4));
    return jh_write_registers(i, now_us, word(s->frame + 2), 1, s->frame + 4);
}

static uint8_t write_many(jh_indicator* i, uint64_t now_us) {
    jh_slave* s = &i->slave;
    if (s->length < 9) return JH_EXCEPTION_VALUE;
    const uint32_t first = word(s->frame + 2), count = word(s->frame + 4), bytes = s->frame[6];
    if (count < 1 || count > MOST_WRITTEN || bytes != 2 * count || s->length != 9 + bytes)
        return JH_EXCEPTION_VALUE;
    append_word(s, first);
    append_word(s, count);
    return jh_write_registers(i, now_us, first, count, s->frame + 7);
}

static uint8_t serve(jh_indicator* i, uint64_t now_us, uint8_t function) {
    switch (function) {
        case READ_HOLDING:
            return read_holding(i, now_us);
        case WRITE_ONE:
            return write_one(i, now_us);
        case WRITE_MANY:
            return write_many(i, now_us);
        default:
            return JH_EXCEPTION_FUNCTION;
    }
}

static bool for_us(const jh_indicator* i) {
    const jh_slave* s = &i->slave;
    if (s->spoiled || s->length < 4) return false;
    if (s->frame[0] != i->sealed.works.station && s->frame[0] != BROADCAST) return false;
    const uint32_t crc = s->frame[s->length - 2] | (uint32_t)s->frame[s->length - 1] << 8;
    return crc == jh_crc16(s->frame, s->length - 2);
}

static void answer(jh_indicator* i, uint64_t now_us) {
    jh_slave* s = &i->slave;
    const uint8_t station = s->frame[0], function = s->frame[1];
    s->reply_taken = 0;
    s->reply_length = 0;
    s->reply[s->reply_length++] = station;
    s->reply[s->reply_length++] = function;
    const uint8_t exception = serve(i, now_us, function);
    if (station == BROADCAST) {
        s->reply_length = 0; /* never answered */
        return;
    }
    if (exception != JH_EXCEPTION_NONE) {
        s->reply_length = 2;
        s->reply[1] = function | 0x80;
        s->reply[s->reply_length++] = exception;
    }
    const uint32_t crc = jh_crc16(s->reply, s->reply_length);
    append_word(s, (crc & 0xFFu) << 8 | crc >> 8); /* low byte first */
}

void jh_slave_run(jh_indicator* i, uint64_t now_us) {
    jh_slave* s = &i->slave;
    if (!s->open || now_us < jh_slave_wake_us(i)) return;
    if (for_us(i)) answer(i, now_us);
    s->open = false;
    s->spoiled = false;
    s->length = 0;
}

size_t jh_slave_transmit(jh_indicator* i, uint8_t* out, size_t capacity) {
    jh_slave* s = &i->slave;
    const uint32_t waiting = s->reply_length - s->reply_taken;
    const uint32_t n = waiting < capacity ? waiting : (uint32_t)capacity;
    memcpy(out, s->reply + s->reply_taken, n);
    s->reply_taken += n;
    return n;
}
