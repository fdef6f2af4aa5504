/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference firmware on an ATmega1284P at 16 MHz: ADS1232 with DRDY/DOUT on PD2, SCLK on PD4
 * and PDWN on PD5; Modbus on USART 0, 8N2; parameters in EEPROM from address 0 on. */
#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <stdbool.h>
#include <util/delay.h>

#include "firmware-bridge/reference/indicator_state.h"
#include "firmware-bridge/reference/parameters.h"

const jh_firmware_api* jh_reference_firmware(void);

enum { TICKS_PER_US = F_CPU / 8 / 1000000, RECEIVE_RING = 64 };

static jh_indicator indicator;
static uint8_t nonvolatile[JH_NONVOLATILE_BYTES];

/* Timer 1 counts eighths of the clock; its overflows make it 48 bits long. */
static volatile uint32_t overflows;
ISR(TIMER1_OVF_vect) {
    ++overflows;
}

/* With interrupts off. */
static uint64_t ticks(void) {
    uint32_t high = overflows;
    const uint16_t low = TCNT1;
    if ((TIFR1 & 1 << TOV1) && low < 0x8000) ++high; /* came while we were here */
    return (uint64_t)high << 16 | low;
}

static uint64_t now_us(void) {
    const uint8_t flags = SREG;
    cli();
    const uint64_t t = ticks();
    SREG = flags;
    return t / TICKS_PER_US;
}

/* Bytes with the moment at which they were complete. */
static volatile struct {
    uint64_t at_ticks;
    uint8_t byte;
} received[RECEIVE_RING];
static volatile uint8_t receive_head, receive_tail;
ISR(USART0_RX_vect) {
    const uint8_t byte = UDR0;
    const uint8_t next = (receive_head + 1) % RECEIVE_RING;
    if (next == receive_tail) return; /* the CRC will tell */
    received[receive_head].at_ticks = ticks();
    received[receive_head].byte = byte;
    receive_head = next;
}

/* They only wake the main loop: the converter's falling DOUT, and a quarter of a millisecond while
 * something is under way. */
EMPTY_INTERRUPT(INT0_vect);
EMPTY_INTERRUPT(TIMER0_COMPA_vect);

/* A reply leaves without a gap, whatever the main loop does meanwhile: a conversion takes 10 ms. */
static uint8_t reply[JH_FRAME_BYTES];
static volatile uint16_t reply_length, reply_sent;
ISR(USART0_UDRE_vect) {
    UDR0 = reply[reply_sent++];
    if (reply_sent == reply_length) UCSR0B &= ~(1 << UDRIE0);
}

static bool conversion_ready(void) {
    return !(PIND & 1 << PD2);
}

static int32_t read_converter(void) {
    uint32_t code = 0;
    for (uint8_t bit = 0; bit < 25; ++bit) { /* the 25th lets DOUT rise */
        PORTD |= 1 << PD4;
        _delay_us(1);
        if (bit < 24) code = code << 1 | (PIND >> PD2 & 1);
        PORTD &= ~(1 << PD4);
        _delay_us(1);
    }
    return code & 0x800000 ? (int32_t)(code | 0xFF000000) : (int32_t)code;
}

static void start_line(uint32_t baud) {
    UCSR0A = 1 << U2X0;
    UBRR0 = (uint16_t)((F_CPU / 8 + baud / 2) / baud - 1);
    UCSR0C = 1 << USBS0 | 3 << UCSZ00;
    UCSR0B = 1 << RXEN0 | 1 << TXEN0 | 1 << RXCIE0;
}

/* One byte at a time, in order, so that nobody waits for the 88 bytes of a slot: 3.4 ms each. */
/* False when all of them are kept. */
static bool keep_parameters(void) {
    static uint16_t at;
    if (!eeprom_is_ready()) return true;
    for (uint16_t looked = 0; looked < JH_NONVOLATILE_BYTES; ++looked) {
        uint8_t* address = (uint8_t*)(uintptr_t)at;
        const uint8_t wanted = nonvolatile[at];
        const bool same = eeprom_read_byte(address) == wanted;
        if (++at == JH_NONVOLATILE_BYTES) at = 0;
        if (same) continue;
        eeprom_write_byte(address, wanted);
        return true;
    }
    return false;
}

/* Nothing is lost between the look and the sleep: the instruction after sei is still carried out.
 */
static void rest(bool busy) {
    TIMSK0 = busy ? 1 << OCIE0A : 0;
    cli();
    if (receive_tail == receive_head && !conversion_ready()) {
        sleep_enable();
        sei();
        sleep_cpu();
        sleep_disable();
    }
    sei();
}

int main(void) {
    const jh_firmware_api* api = jh_reference_firmware();
    PORTD = 1 << PD5; /* PDWN up: it converts */
    DDRD = 1 << PD1 | 1 << PD4 | 1 << PD5;
    TCCR1B = 1 << CS11;
    TIMSK1 = 1 << TOIE1;
    TCCR0A = 1 << WGM01; /* quarters of a millisecond */
    TCCR0B = 3 << CS00;
    OCR0A = F_CPU / 64 / 4000 - 1;
    EICRA = 2 << ISC00; /* falling edge */
    EIMSK = 1 << INT0;
    set_sleep_mode(SLEEP_MODE_IDLE);
    eeprom_read_block(nonvolatile, 0, sizeof nonvolatile);
    api->power_on(&indicator, nonvolatile, 0);
    start_line(indicator.sealed.works.baud);
    sei();
    uint32_t kept_sequence = indicator.sealed.sequence;
    bool keeping = true; /* power-on may have mended a save that was cut off */
    for (;;) {
        while (receive_tail != receive_head) {
            const uint64_t at_us = received[receive_tail].at_ticks / TICKS_PER_US;
            api->uart_receive(&indicator, at_us, received[receive_tail].byte);
            receive_tail = (receive_tail + 1) % RECEIVE_RING;
        }
        const uint64_t now = now_us();
        if (receive_tail == receive_head && now >= api->wake_us(&indicator)) {
            api->run(&indicator, now);
        }
        if (conversion_ready()) api->conversion(&indicator, now, read_converter());
        if (!(UCSR0B & 1 << UDRIE0)) {
            reply_length = api->uart_transmit(&indicator, reply, sizeof reply);
            reply_sent = 0;
            if (reply_length > 0) UCSR0B |= 1 << UDRIE0;
        }
        if (indicator.sealed.sequence != kept_sequence) {
            kept_sequence = indicator.sealed.sequence;
            keeping = true;
        }
        if (keeping) keeping = keep_parameters();
        rest(keeping || indicator.slave.open);
    }
}
