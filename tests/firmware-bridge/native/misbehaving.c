/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A firmware that does at its third conversion what the first byte of its memory says. */
#include <stdlib.h>
#include <string.h>

#include "firmware-bridge/abi/jh_firmware.h"

typedef struct state {
    uint64_t conversions, flood, again, wears;
    uint8_t* memory;
} state;

static void power_on(void* s, uint8_t* nonvolatile, uint64_t now_us) {
    (void)now_us;
    ((state*)s)->memory = nonvolatile;
}

__attribute__((noinline)) static void follow_a_null_pointer(int* p) {
    volatile int steps = 539; /* so that it does not fail at its first instruction */
    *p = steps;
}

__attribute__((noinline)) static void never_come_back(void) {
    for (volatile int i = 0;; ++i) {
    }
}

static int* volatile nowhere; /* the compiler must not see that it is null */

static void conversion(void* s, uint64_t now_us, int32_t code) {
    state* st = s;
    (void)code;
    if (++st->conversions != 3) return;
    switch (st->memory[0]) {
        case 'c':
            follow_a_null_pointer(nowhere);
            ++st->conversions; /* so that this function stays in the trace */
            break;
        case 'h':
            never_come_back();
            break;
        case 'a':
            abort();
        case 'f':
            st->flood = 1;
            break;
        case 'w':
            st->again = 1;
            break;
        case 'e': /* from now on its wake-ups wear the EEPROM out */
            st->wears = now_us;
            break;
        case 'm': /* 1,2,3 into its memory, byte by byte on its way into the EEPROM */
            memcpy(st->memory + 1, "\1\2\3", 3);
            break;
        default:
            break;
    }
}

static void uart_receive(void* s, uint64_t now_us, uint8_t byte) {
    (void)s;
    (void)now_us;
    (void)byte;
}

static void run(void* s, uint64_t now_us) {
    state* st = s;
    if (st->wears == 0) return;
    st->wears = now_us + 100;
    ++st->memory[1];
}

static uint64_t wake_us(const void* s) {
    const state* st = s;
    if (st->wears != 0) return st->wears;
    return st->again ? 300000 : JH_FIRMWARE_NEVER;
}

static size_t uart_transmit(void* s, uint8_t* out, size_t capacity) {
    if (((state*)s)->flood == 0) return 0;
    memset(out, 0x55, capacity);
    return capacity;
}

static int64_t unrounded_mg(const void* s) {
    (void)s;
    return 0;
}

const jh_firmware_api* jh_firmware(void) {
    static const jh_firmware_api api = {
        .abi_version = JH_FIRMWARE_ABI_VERSION,
        .state_bytes = sizeof(state),
        .comparable_bytes = offsetof(state, memory),
        .nonvolatile_bytes = 8,
        .power_on = power_on,
        .conversion = conversion,
        .uart_receive = uart_receive,
        .run = run,
        .wake_us = wake_us,
        .uart_transmit = uart_transmit,
        .unrounded_mg = unrounded_mg,
    };
    return &api;
}
