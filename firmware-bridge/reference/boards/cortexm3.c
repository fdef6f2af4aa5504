/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference firmware on a Cortex-M3: converter, UART and parameters by the mailbox. */
#include <string.h>

#include "firmware-bridge/mailbox/jh_mailbox.h"
#include "firmware-bridge/reference/indicator_state.h"
#include "firmware-bridge/reference/parameters.h"

enum { NS_PER_US = 1000 };

static jh_indicator indicator;
static uint8_t nonvolatile[JH_NONVOLATILE_BYTES], kept[JH_NONVOLATILE_BYTES];

static void send_replies(const jh_firmware_api* api) {
    uint8_t bytes[64];
    size_t count;
    while ((count = api->uart_transmit(&indicator, bytes, sizeof bytes)) > 0) {
        for (size_t i = 0; i < count; ++i) jh_send(bytes[i]);
    }
}

static void keep_parameters(void) {
    for (size_t i = 0; i < sizeof nonvolatile; ++i) {
        if (kept[i] != nonvolatile[i]) jh_keep((uint32_t)i, nonvolatile[i]);
        kept[i] = nonvolatile[i];
    }
}

int main(void) {
    const jh_firmware_api* api = jh_reference_firmware();
    jh_start(nonvolatile, sizeof nonvolatile);
    memcpy(kept, nonvolatile, sizeof kept);
    api->power_on(&indicator, nonvolatile, 0);
    keep_parameters(); /* it may have mended a save that was cut off */
    jh_set_baud(indicator.sealed.works.baud);
    uint32_t sequence = indicator.sealed.sequence;
    for (;;) {
        const uint64_t wake_us = api->wake_us(&indicator);
        const jh_record next =
            jh_wait(wake_us == JH_FIRMWARE_NEVER ? JH_NEVER : (int64_t)(wake_us * NS_PER_US));
        const uint64_t at_us = (uint64_t)next.at_ns / NS_PER_US;
        switch (next.kind) {
            case JH_CONVERSION:
                api->conversion(&indicator, at_us, next.value);
                break;
            case JH_BYTE:
                api->uart_receive(&indicator, at_us, (uint8_t)next.value);
                break;
            default:
                api->run(&indicator, at_us);
        }
        send_replies(api);
        if (indicator.sealed.sequence != sequence) {
            sequence = indicator.sealed.sequence;
            keep_parameters();
        }
    }
}
