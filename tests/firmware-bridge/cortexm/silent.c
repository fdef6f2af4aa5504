/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Never looks into the mailbox. */
__attribute__((noinline)) static void hang(void) {
    for (;;) __asm__ volatile("nop");
}

int main(void) {
    hang();
    return 0;
}
