/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From reset to main() on QEMU's mps2-an385; whatever goes wrong is told to the bench. */
#include <stdint.h>

#include "firmware-bridge/mailbox/jh_mailbox.h"

int main(void);

/* Places of mps2_an385.ld. */
extern uint32_t jh_data_begin[], jh_data_end[], jh_data_image[], jh_bss_begin[], jh_bss_end[];
extern uint32_t jh_stack_top[];

__attribute__((noreturn)) void jh_reset(void) {
    const uint32_t* from = jh_data_image;
    for (uint32_t* to = jh_data_begin; to != jh_data_end;) *to++ = *from++;
    for (uint32_t* to = jh_bss_begin; to != jh_bss_end;) *to++ = 0;
    main();
    for (;;) __asm__ volatile("udf #0"); /* main() must not end */
}

__attribute__((weak)) void SysTick_Handler(void) {}

/* The sixteen of the core; a firmware with interrupts of the machine brings its own table. */
typedef void (*vector)(void);
__attribute__((section(".vectors"), used)) static const vector vectors[16] = {
    (vector)jh_stack_top,
    (vector)jh_reset,
    jh_fault,
    jh_fault,
    jh_fault,
    jh_fault,
    jh_fault,
    0,
    0,
    0,
    0,
    jh_fault,
    jh_fault,
    0,
    jh_fault,
    SysTick_Handler,
};
