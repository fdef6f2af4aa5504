/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_MAILBOX_H
#define JH_MAILBOX_H

/* The border between the bench and a firmware on an emulated Cortex-M3, in place of the drivers of
 * converter, UART and non-volatile memory: docs/howto/cortexm-firmware.md. Times are nanoseconds
 * since jh_start(). To be called from one place only, not from interrupts. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What goes over, in both directions; little-endian. */
typedef struct jh_record {
    int64_t at_ns;
    uint32_t kind;
    int32_t value;
} jh_record;

/* What jh_wait() returns. */
enum {
    JH_TIME,       /* it is the time that was waited for */
    JH_CONVERSION, /* `value`: 24-bit two's complement code, sign-extended */
    JH_BYTE,       /* `value` has arrived complete on the UART */
    JH_MEMORY      /* answers JH_HELLO only: so many bytes follow */
};

#define JH_NEVER INT64_MAX

/* First of all. Starts the clock: timers 0 and 1 of the machine are used up. Where the bench says
 * what the non-volatile memory holds, `memory` gets that, otherwise it stays as it is. */
void jh_start(uint8_t* memory, size_t bytes);

/* Sleeps until something arrives, or until this time; pass jh_now_ns() to look only. What is
 * returned comes in the order of its `at_ns`, which the clock may have passed meanwhile.
 * Interrupts are served while it sleeps. */
jh_record jh_wait(int64_t until_ns);
int64_t jh_now_ns(void);

/* The rate that the firmware sets its UART to; before the first byte. */
void jh_set_baud(uint32_t baud);
/* Leaves now, or when the one before it has left. */
void jh_send(uint8_t byte);
/* Writes one byte of the non-volatile memory; takes no time. */
void jh_keep(uint32_t address, uint8_t byte);

/* For the vector table: tells the bench where the firmware crashed. */
void jh_fault(void);

/* What the firmware says: of interest to the host program only. */
enum { JH_MAILBOX_VERSION = 1, JH_TICK_NS = 40 };
enum {
    JH_HELLO = 1, /* `value`: version */
    JH_BAUD,      /* `value` */
    JH_SENT,      /* `value`: byte */
    JH_KEPT,      /* `value`: address * 256 + byte */
    JH_TAKEN,     /* what was announced last has been handed over */
    JH_ASLEEP,    /* `at_ns`: how long in all */
    JH_LATE,      /* `at_ns`: how far the clock had passed what was announced, at most */
    JH_WAITS,     /* until now, and for an answer; `value`: address in the program. Ends a block */
    JH_FAULT      /* `value`: program counter */
};

#ifdef __cplusplus
}
#endif

#endif
