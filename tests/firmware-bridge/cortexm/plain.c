/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every conversion goes out as a decimal line, less the zero; a byte Z takes the last one for zero
 * and keeps it, T asks for the milliseconds that SysTick has counted. */
#include "firmware-bridge/mailbox/jh_mailbox.h"

static volatile uint32_t milliseconds;
void SysTick_Handler(void) {
    ++milliseconds;
}

static void send_number(int32_t number) {
    char digits[12];
    int count = 0;
    uint32_t rest = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
    do digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0) jh_send('-');
    while (count > 0) jh_send((uint8_t)digits[--count]);
    jh_send('\n');
}

static void start_sys_tick(void) {
    volatile uint32_t* sys_tick = (volatile uint32_t*)0xE000E010;
    sys_tick[1] = 25000 - 1; /* reload: 1 ms at 25 MHz */
    sys_tick[2] = 0;
    sys_tick[0] = 7; /* on, with interrupts, by the core's clock */
}

int main(void) {
    static uint8_t memory[4];
    int32_t last = 0;
    jh_start(memory, sizeof memory);
    jh_set_baud(115200);
    start_sys_tick();
    for (;;) {
        const jh_record next = jh_wait(JH_NEVER);
        int32_t zero = 0;
        for (int i = 0; i < 4; ++i) zero |= (int32_t)((uint32_t)memory[i] << (8 * i));
        if (next.kind == JH_CONVERSION) send_number((last = next.value) - zero);
        if (next.kind == JH_BYTE && next.value == 'T') send_number((int32_t)milliseconds);
        for (uint32_t i = 0; next.kind == JH_BYTE && next.value == 'Z' && i < 4; ++i) {
            jh_keep(i, memory[i] = (uint8_t)((uint32_t)last >> (8 * i)));
        }
    }
}
