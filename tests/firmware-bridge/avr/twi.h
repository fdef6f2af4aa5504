/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A master on the two-wire peripheral, by asking it until it is done. */
#include <avr/io.h>
#include <stdint.h>
#include <util/twi.h>

/* Status after a step on the bus. */
static uint8_t bus(uint8_t control) {
    TWCR = 1 << TWINT | 1 << TWEN | control;
    while (!(TWCR & (1 << TWINT))) {
    }
    return TW_STATUS;
}

static void start(void) {
    bus(1 << TWSTA);
}
static uint8_t address(uint8_t byte) {
    TWDR = byte;
    return bus(0) == (byte & TW_READ ? TW_MR_SLA_ACK : TW_MT_SLA_ACK);
}
static uint8_t send(uint8_t byte) {
    TWDR = byte;
    return bus(0) == TW_MT_DATA_ACK;
}
static inline uint8_t receive(uint8_t more) {
    bus(more ? 1 << TWEA : 0);
    return TWDR;
}
static void stop(void) {
    TWCR = 1 << TWINT | 1 << TWEN | 1 << TWSTO;
}
