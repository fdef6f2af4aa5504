/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text on an LCD behind a PCF8574 at 0x27: P0 RS, P1 RW, P2 E, P3 light, P4 to P7 D4 to D7. */
#include <util/delay.h>

#include "twi.h"

enum { RS = 1, E = 4, light = 8 };

static void levels(uint8_t port) {
    start();
    address(0x27 << 1 | TW_WRITE);
    send(port | light);
    stop();
}

static void half(uint8_t upper) {
    levels(upper);
    levels(upper | E);
    _delay_us(1);
    levels(upper);
    _delay_us(50);
}

static void put(uint8_t byte, uint8_t rs) {
    half((byte & 0xF0) | rs);
    half(byte << 4 | rs);
}

int main(void) {
    TWBR = (F_CPU / 100000 - 16) / 2;
    _delay_ms(50);
    half(0x30);
    _delay_ms(5);
    half(0x30);
    _delay_ms(5);
    half(0x30);
    half(0x20);
    put(0x28, 0);
    put(0x0C, 0);
    put(0x01, 0);
    _delay_ms(2);
    for (const char* c = "12.345 kg"; *c; ++c) put(*c, RS);
    for (;;) {
    }
}
