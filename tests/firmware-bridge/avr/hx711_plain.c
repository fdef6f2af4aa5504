/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain HX711 reader for an ATmega: DOUT on PD2, SCK on PD3; every conversion goes out as a
 * decimal line. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdint.h>
#include <stdlib.h>
#include <util/delay.h>

static void put(char c) {
    while (!(UCSR0A & (1 << UDRE0))) {
    }
    UDR0 = c;
}

static int32_t conversion(void) {
    uint32_t code = 0;
    while (PIND & (1 << PD2)) {
    }
    for (uint8_t i = 0; i < 24; ++i) {
        PORTD |= 1 << PD3;
        _delay_us(1);
        code = code << 1 | (PIND >> PD2 & 1);
        PORTD &= ~(1 << PD3);
        _delay_us(1);
    }
    PORTD |= 1 << PD3; /* the 25th: channel A, gain 128 again */
    _delay_us(1);
    PORTD &= ~(1 << PD3);
    return code & 0x800000 ? (int32_t)(code | 0xFF000000) : (int32_t)code;
}

int main(void) {
    DDRD = 1 << PD3 | 1 << PD1;
    UCSR0A = 1 << U2X0;
    UBRR0 = F_CPU / 8 / 115200 - 1;
    UCSR0B = 1 << TXEN0;
    for (;;) {
        char text[12];
        ltoa(conversion(), text, 10);
        for (const char* c = text; *c; ++c) put(*c);
        put('\n');
    }
}
