/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does what firmware should not, by the first byte of its EEPROM; says '0' and its number first. */
#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

static void put(char c) {
    while (!(UCSR0A & (1 << UDRE0))) {
    }
    UDR0 = c;
}

__attribute__((noinline)) static void hang(void) {
    for (;;) {
        __asm__ volatile("nop");
    }
}

__attribute__((noinline)) static void wear_out(void) {
    for (uint8_t value = 0;; ++value) eeprom_write_byte((uint8_t*)10, value);
}

int main(void) {
    const uint8_t what = eeprom_read_byte(0);
    UCSR0A = 1 << U2X0;
    UBRR0 = what == 6 ? 5 : F_CPU / 8 / 115200 - 1;
    UCSR0B = 1 << TXEN0;
    put('0');
    put('0' + what);
    switch (what) {
        case 1:
            hang();
            break;
        case 2:
            wdt_enable(WDTO_15MS);
            hang();
            break;
        case 3:
            for (;;) put('x');
        case 4:
            wear_out();
            break;
        case 5:
            cli();
            sleep_enable();
            sleep_cpu();
            break;
        case 7:
            ((void (*)(void))0x3FF0)(); /* where nothing was ever burnt */
            break;
    }
    for (;;) {
    }
}
