/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_FREESTANDING_STRING_H
#define JH_FREESTANDING_STRING_H

/* What the compilers ask for even without a C library. */
#include <stddef.h>

void* memcpy(void* to, const void* from, size_t count);
void* memset(void* to, int byte, size_t count);

#endif
