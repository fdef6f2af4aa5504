/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "firmware-bridge/reference/commands.h"
#include "firmware-bridge/reference/indication.h"
#include "firmware-bridge/reference/measuring.h"
#include "firmware-bridge/reference/modbus_slave.h"
#include "firmware-bridge/reference/parameters.h"
#include "firmware-bridge/reference/zero.h"

static void power_on(void* state, uint8_t* nonvolatile, uint64_t now_us) {
    jh_indicator* i = state;
    memset(i, 0, sizeof *i);
    i->nonvolatile = nonvolatile;
    jh_load_parameters(i);
    i->measuring.last_us = now_us;
    if (i->sealed.valid) jh_restart_measuring(i);
    jh_start_slave(i);
}

/* One conversion, stage by stage: each reads only what those above it wrote. */
static void conversion(void* state, uint64_t now_us, int32_t code) {
    jh_indicator* i = state;
    if (!i->sealed.valid) return;
    jh_measure(i, now_us, code); /* code -> mass above dead load */
    jh_set_initial_zero(i);      /* first rest -> zero */
    jh_indicate(i);              /* load - zero - tare -> what is shown */
    const int64_t before = i->zero.actual_mg;
    jh_track_zero(i); /* what rests near zero -> zero */
    if (i->zero.actual_mg != before) jh_indicate(i);
    if (jh_follow_range(i, now_us)) jh_indicate(i); /* multiple range: which range is in use */
}

static void uart_receive(void* state, uint64_t now_us, uint8_t byte) {
    jh_slave_receive(state, now_us, byte);
}

static void run(void* state, uint64_t now_us) {
    jh_slave_run(state, now_us);
}

static uint64_t wake_us(const void* state) {
    return jh_slave_wake_us(state);
}

static size_t uart_transmit(void* state, uint8_t* out, size_t capacity) {
    return jh_slave_transmit(state, out, capacity);
}

static int64_t unrounded_mg(const void* state) {
    const jh_indicator* i = state;
    return i->operation.tare_active ? i->indication.net_mg : i->indication.gross_mg;
}

const jh_firmware_api* jh_reference_firmware(void) {
    static const jh_firmware_api api = {
        .abi_version = JH_FIRMWARE_ABI_VERSION,
        .state_bytes = sizeof(jh_indicator),
        .comparable_bytes = offsetof(jh_indicator, nonvolatile),
        .nonvolatile_bytes = JH_NONVOLATILE_BYTES,
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
