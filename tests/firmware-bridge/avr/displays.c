/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number on an LCD that is asked whether it is busy (RS, RW, E on PC0 to PC2, D4 to D7 on PC4 to
 * PC7), and on four multiplexed digits (segments on PA, commons low on PB0 to PB3). */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdint.h>
#include <stdlib.h>
#include <util/delay.h>

enum { RS = 1, RW = 2, E = 4 };

static volatile uint8_t shown[4];

ISR(TIMER0_COMPA_vect) {
    static uint8_t digit;
    PORTB |= 0x0F;
    digit = (digit + 1) & 3;
    PORTA = shown[digit];
    PORTB &= ~(1 << digit);
}

static void half(uint8_t levels) {
    PORTC = (PORTC & 0x0F) | (levels & 0xF0);
    PORTC |= E;
    _delay_us(1);
    PORTC &= ~E;
    _delay_us(1);
}

static uint8_t busy(void) {
    uint8_t flag;
    DDRC &= 0x0F;
    PORTC = (PORTC & 0x0F & ~RS) | RW;
    PORTC |= E;
    _delay_us(1);
    flag = PINC & 0x80;
    PORTC &= ~E;
    _delay_us(1);
    PORTC |= E; /* the lower half */
    _delay_us(1);
    PORTC &= ~E;
    PORTC &= ~RW;
    DDRC |= 0xF0;
    return flag;
}

static void put(uint8_t byte, uint8_t rs) {
    while (busy()) {
    }
    PORTC = (PORTC & ~RS) | rs;
    half(byte);
    half(byte << 4);
}

static void begin(void) {
    static const uint8_t bytes[] = {0x28, 0x08, 0x01, 0x06, 0x0C};
    DDRC = 0xF7;
    _delay_ms(15);
    half(0x30);
    _delay_ms(5);
    half(0x30);
    _delay_us(150);
    half(0x30);
    _delay_us(50);
    half(0x20);
    _delay_us(50);
    for (uint8_t i = 0; i < sizeof bytes; ++i) put(bytes[i], 0);
}

static void show(uint16_t tenths) {
    static const uint8_t patterns[] = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F};
    char text[8];
    put(0xC0, 0);
    itoa(tenths, text, 10);
    for (const char* c = text; *c; ++c) put(*c, RS);
    for (uint8_t i = 4; i-- > 0; tenths /= 10)
        shown[i] = patterns[tenths % 10] | (i == 2 ? 0x80 : 0);
}

int main(void) {
    DDRA = 0xFF;
    DDRB = 0x0F;
    PORTB = 0x0F;
    TCCR0A = 1 << WGM01;
    TCCR0B = 1 << CS02; /* 62.5 kHz */
    OCR0A = 124;        /* 2 ms */
    TIMSK0 = 1 << OCIE0A;
    sei();
    begin();
    for (const char* c = "weight"; *c; ++c) put(*c, RS);
    show(1234);
    _delay_ms(500);
    show(9876);
    for (;;) {
    }
}
