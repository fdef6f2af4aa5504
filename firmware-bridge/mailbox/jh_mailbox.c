/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firmware-bridge/mailbox/jh_mailbox.h"

#include <stdbool.h>

/* QEMU's mps2-an385: two timers that count down at 25 MHz. Timer 1 is the clock, timer 0 wakes. */
typedef struct timer {
    volatile uint32_t control, value, reload, interrupt;
} timer;
#define TIMER0 ((timer*)0x40000000)
#define TIMER1 ((timer*)0x40001000)
enum { TIMER_ON = 1, TIMER_INTERRUPTS = 8 };

/* Interrupt 8 is timer 0's. It stays masked: being pending is enough to wake. */
#define NVIC_ENABLE (*(volatile uint32_t*)0xE000E100)
#define NVIC_DISABLE (*(volatile uint32_t*)0xE000E180)
#define NVIC_CLEAR (*(volatile uint32_t*)0xE000E280)
enum { TIMER0_BIT = 1 << 8 };

/* SysTick: of its tick QEMU 7.2 loses every other one while the core sleeps, so that is awaited
 * awake. */
#define SYS_TICK_CONTROL (*(volatile uint32_t*)0xE000E010)
#define SYS_TICK_VALUE (*(volatile uint32_t*)0xE000E018)
enum { SYS_TICK_INTERRUPTS = 3, SYS_TICK_AWAKE_NS = 2000 };

/* Arm's "Semihosting for AArch32 and AArch64", version 3.0. */
enum { SYS_OPEN = 0x01, SYS_WRITE = 0x05, SYS_READ = 0x06, SYS_EXIT = 0x18 };
enum { OPEN_FOR_READING = 1, OPEN_FOR_WRITING = 5, APPLICATION_EXIT = 0x20026 };

static uintptr_t semihosting(uintptr_t operation, const void* argument) {
    register uintptr_t r0 __asm__("r0") = operation;
    register const void* r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void end(void) {
    for (;;) semihosting(SYS_EXIT, (const void*)APPLICATION_EXIT);
}

static uintptr_t open(const char* path, size_t length, uintptr_t mode) {
    const uintptr_t arguments[] = {(uintptr_t)path, mode, length};
    return semihosting(SYS_OPEN, arguments);
}

static struct {
    uintptr_t in, out; /* handles */
    jh_record saying[64];
    uint32_t said;
    bool announced; /* `next` holds */
    jh_record next; /* nothing comes before its time; JH_TIME: nor at it */
    uint64_t ticks;
    uint32_t last; /* value of timer 1 */
    int64_t asleep_ns, late_ns;
} box;

static void flush(void) {
    const uintptr_t arguments[] = {box.out, (uintptr_t)box.saying, box.said * sizeof(jh_record)};
    if (semihosting(SYS_WRITE, arguments) != 0) end();
    box.said = 0;
}

static void say(uint32_t kind, int64_t at_ns, int32_t value) {
    jh_record* r = &box.saying[box.said++];
    r->at_ns = at_ns;
    r->kind = kind;
    r->value = value;
    box.announced = false; /* what it says may change how far the bench lets it go */
    if (box.said == sizeof box.saying / sizeof *box.saying) flush();
}

/* The clock stands still meanwhile. */
static void hear(void* to, size_t bytes) {
    uintptr_t at = (uintptr_t)to;
    while (bytes > 0) {
        const uintptr_t arguments[] = {box.in, at, bytes};
        const size_t missing = semihosting(SYS_READ, arguments);
        if (missing >= bytes) end(); /* the bench is gone */
        at += bytes - missing;
        bytes = missing;
    }
}

int64_t jh_now_ns(void) {
    const uint32_t value = TIMER1->value;
    box.ticks += box.last - value;
    box.last = value;
    return (int64_t)(box.ticks * JH_TICK_NS);
}

void jh_start(uint8_t* memory, size_t bytes) {
    static const char in[] = "/proc/self/fd/3", out[] = "/proc/self/fd/4";
    box.in = open(in, sizeof in - 1, OPEN_FOR_READING);
    box.out = open(out, sizeof out - 1, OPEN_FOR_WRITING);
    TIMER1->reload = box.last = UINT32_MAX;
    TIMER1->control = TIMER_ON;
    say(JH_HELLO, 0, JH_MAILBOX_VERSION);
    flush();
    jh_record answer;
    hear(&answer, sizeof answer);
    const size_t told = (size_t)answer.value;
    hear(memory, told < bytes ? told : bytes);
    for (size_t i = bytes; i < told; ++i) hear(&(uint8_t){0}, 1);
}

/* One nap, at most 4 s, with interrupts masked: what is pending is served afterwards. The timer
 * does not run again by itself: QEMU would jump over that time, too. */
static void nap(int64_t from_ns, int64_t to_ns) {
    const int64_t longest_ns = 4000000000;
    const int64_t left_ns = to_ns - from_ns;
    const uint32_t nap_ns = (uint32_t)(left_ns < longest_ns ? left_ns : longest_ns);
    TIMER0->reload = 0;
    TIMER0->value = (nap_ns + JH_TICK_NS - 1) / JH_TICK_NS;
    TIMER0->control = TIMER_ON | TIMER_INTERRUPTS;
    NVIC_ENABLE = TIMER0_BIT;
    __asm__ volatile("wfi" ::: "memory");
    TIMER0->control = 0;
    TIMER0->interrupt = 1;
    NVIC_DISABLE = TIMER0_BIT;
    NVIC_CLEAR = TIMER0_BIT;
    box.asleep_ns += jh_now_ns() - from_ns;
}

static void sleep_until(int64_t at_ns) {
    for (int64_t now; (now = jh_now_ns()) < at_ns;) {
        int64_t to_ns = at_ns;
        if ((SYS_TICK_CONTROL & SYS_TICK_INTERRUPTS) == SYS_TICK_INTERRUPTS) {
            const int64_t awake_ns = now + (int64_t)SYS_TICK_VALUE * JH_TICK_NS - SYS_TICK_AWAKE_NS;
            if (awake_ns <= now) continue;
            if (awake_ns < to_ns) to_ns = awake_ns;
        }
        uint32_t masked;
        __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(masked)::"memory");
        nap(now, to_ns);
        __asm__ volatile("msr primask, %0\n\tisb" ::"r"(masked) : "memory");
    }
}

static void exchange(const void* from) {
    say(JH_ASLEEP, box.asleep_ns, 0);
    say(JH_LATE, box.late_ns, 0);
    say(JH_WAITS, jh_now_ns(), (int32_t)(uintptr_t)from);
    if (box.said > 0) flush();
    hear(&box.next, sizeof box.next);
    box.announced = true;
}

jh_record jh_wait(int64_t until_ns) {
    for (;;) {
        if (!box.announced) exchange(__builtin_return_address(0));
        if (until_ns <= box.next.at_ns) {
            sleep_until(until_ns);
            return (jh_record){until_ns, JH_TIME, 0};
        }
        sleep_until(box.next.at_ns);
        const int64_t late_ns = jh_now_ns() - box.next.at_ns;
        if (late_ns > box.late_ns) box.late_ns = late_ns;
        box.announced = false;
        if (box.next.kind == JH_TIME) continue;
        say(JH_TAKEN, 0, 0);
        return box.next;
    }
}

void jh_set_baud(uint32_t baud) {
    say(JH_BAUD, jh_now_ns(), (int32_t)baud);
}

void jh_send(uint8_t byte) {
    say(JH_SENT, jh_now_ns(), byte);
}

void jh_keep(uint32_t address, uint8_t byte) {
    say(JH_KEPT, jh_now_ns(), (int32_t)(address << 8 | byte));
}

/* Called by jh_fault() with the program counter that the exception has put on the stack. */
__attribute__((used)) static void tell_fault(uint32_t program_counter) {
    say(JH_FAULT, jh_now_ns(), (int32_t)program_counter);
    flush();
    end();
}

__attribute__((naked)) void jh_fault(void) {
    __asm__ volatile(
        "tst lr, #4\n\t"
        "ite eq\n\t"
        "mrseq r0, msp\n\t"
        "mrsne r0, psp\n\t"
        "ldr r0, [r0, #24]\n\t"
        "b tell_fault\n\t");
}
