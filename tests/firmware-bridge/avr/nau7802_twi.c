/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader of a NAU7802 on an ATmega328P: each conversion goes out as a decimal line, "none" where
 * the chip does not acknowledge. By the two-wire peripheral at PC5 and PC4, or with WIRES by
 * switching the pins PC3 and PC2. */
#include <avr/io.h>
#include <stdint.h>
#include <stdlib.h>
#include <util/delay.h>
#include <util/twi.h>

enum { chip = 0x2A << 1, puCtrl = 0x00, ctrl1 = 0x01, ctrl2 = 0x02, adco = 0x12 };

static void put(char c) {
    while (!(UCSR0A & (1 << UDRE0))) {
    }
    UDR0 = c;
}

static void say(const char* text) {
    while (*text) put(*text++);
    put('\n');
}

#ifdef WIRES
/* Low is pulled, high is let go. */
static void scl(uint8_t high) {
    DDRC = high ? DDRC & ~(1 << PC3) : DDRC | 1 << PC3;
    _delay_us(2);
}
static void sda(uint8_t high) {
    DDRC = high ? DDRC & ~(1 << PC2) : DDRC | 1 << PC2;
    _delay_us(2);
}

static uint8_t bit(uint8_t high) {
    uint8_t seen;
    sda(high);
    scl(1);
    seen = PINC >> PC2 & 1;
    scl(0);
    return seen;
}

static uint8_t eight(uint8_t out) {
    uint8_t in = 0;
    for (uint8_t i = 0; i < 8; ++i) in = in << 1 | bit(out >> (7 - i) & 1);
    return in;
}

static void start(void) {
    sda(1);
    scl(1);
    sda(0);
    scl(0);
}
static uint8_t send(uint8_t byte) {
    eight(byte);
    return !bit(1);
}
static uint8_t address(uint8_t byte) {
    return send(byte);
}
static uint8_t receive(uint8_t more) {
    const uint8_t byte = eight(0xFF);
    bit(!more);
    return byte;
}
static void stop(void) {
    sda(0);
    scl(1);
    sda(1);
}
#else
#include "twi.h"
#endif

static void need(uint8_t acknowledged) {
    if (acknowledged) return;
    say("none");
    for (;;) {
    }
}

static void begin(uint8_t at) {
    start();
    need(address(chip | TW_WRITE));
    need(send(at));
}

static void set(uint8_t at, uint8_t value) {
    begin(at);
    need(send(value));
    stop();
}

/* `count` bytes from `at` on, the first one on top. */
static uint32_t get(uint8_t at, uint8_t count) {
    uint32_t value = 0;
    begin(at);
    start();
    need(address(chip | TW_READ));
    while (count-- > 0) value = value << 8 | receive(count > 0);
    stop();
    return value;
}

int main(void) {
    DDRD = 1 << PD1;
    UCSR0A = 1 << U2X0;
    UBRR0 = F_CPU / 8 / 115200 - 1;
    UCSR0B = 1 << TXEN0;
    TWBR = (F_CPU / 400000 - 16) / 2;
    set(puCtrl, 0x01); /* reset */
    set(puCtrl, 0x06); /* digital and analog part on */
    while (!(get(puCtrl, 1) & 0x08)) {
    }
    set(ctrl1, 0x07);  /* gain 128 */
    set(ctrl2, 0x30);  /* 80 a second */
    set(puCtrl, 0x16); /* convert */
    for (;;) {
        char text[12];
        uint32_t code;
        while (!(get(puCtrl, 1) & 0x20)) {
        }
        code = get(adco, 3);
        say(ltoa(code & 0x800000 ? (int32_t)(code | 0xFF000000) : (int32_t)code, text, 10));
    }
}
