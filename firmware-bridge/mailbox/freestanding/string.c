/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

void* memcpy(void* to, const void* from, size_t count) {
    unsigned char* t = to;
    const unsigned char* f = from;
    while (count-- > 0) *t++ = *f++;
    return to;
}

void* memset(void* to, int byte, size_t count) {
    unsigned char* t = to;
    while (count-- > 0) *t++ = (unsigned char)byte;
    return to;
}
