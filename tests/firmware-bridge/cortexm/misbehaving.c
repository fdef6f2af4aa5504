/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does what firmware should not, by the first byte of its memory; says that as a digit first. */
#include "firmware-bridge/mailbox/jh_mailbox.h"

__attribute__((noinline)) static void hang(void) {
    for (;;) __asm__ volatile("nop");
}

__attribute__((noinline)) static void reach_nowhere(void) {
    *(volatile uint32_t*)0xF0000000 = 1;
}

__attribute__((noinline)) static void lose_stack(void) {
    __asm__ volatile("mov sp, %0\n\tpush {r0}" ::"r"(0xF0000000));
}

static void semihosting(uint32_t operation, uintptr_t argument) {
    register uint32_t r0 __asm__("r0") = operation;
    register uintptr_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static void end(void) {
    semihosting(0x18, 0x20026); /* SYS_EXIT */
}

static void start_program(void) {
    static const char command[] = "true";
    const uintptr_t arguments[] = {(uintptr_t)command, sizeof command - 1};
    semihosting(0x12, (uintptr_t)arguments); /* SYS_SYSTEM */
}

/* As long as 30 ms take: 32 ns an instruction, 2 instructions a turn. */
static void be_busy(void) {
    for (volatile uint32_t turns = 0; turns < 200000; ++turns) {
    }
}

int main(void) {
    static uint8_t memory[1];
    jh_start(memory, sizeof memory);
    jh_set_baud(memory[0] == 6 ? 9600 : 115200);
    jh_send('0' + memory[0]);
    if (memory[0] == 7) {
        *(volatile uint32_t*)0xE000ED0C = 0x05FA0004; /* a reset, by the core itself */
        hang();
    }
    for (;;) {
        jh_wait(JH_NEVER);
        switch (memory[0]) {
            case 1:
                hang();
                break;
            case 2:
                reach_nowhere();
                break;
            case 3:
                lose_stack();
                break;
            case 4:
                end();
                break;
            case 5:
                for (;;) jh_send('x');
            case 8:
                be_busy();
                break;
            case 9:
                start_program();
                break;
            case 10:
                for (uint8_t value = 0;; ++value) jh_keep(1, value);
            case 11:
                for (int i = 0; i < 6000; ++i) jh_keep(1, (uint8_t)i);
                break;
        }
    }
}
