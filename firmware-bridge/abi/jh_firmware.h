/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_FIRMWARE_H
#define JH_FIRMWARE_H

/* The border between the bench and an indicator's firmware: plain C, versioned. The host gives the
 * firmware its inputs with the time at which they happen and asks for its outputs. The firmware
 * calls nothing outside, keeps everything in the state block it is handed, and never looks at a
 * clock. Times are microseconds since power-on of the bench, never going back. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JH_FIRMWARE_ABI_VERSION 1u
#define JH_FIRMWARE_NEVER UINT64_MAX

typedef struct jh_firmware_api {
    uint32_t abi_version;
    /* Size of the state block the host allocates (aligned for any type). */
    size_t state_bytes;
    /* So many leading bytes of it hold no address of memory: two runs with the same inputs agree in
     * them, in every process. */
    size_t comparable_bytes;
    /* Size of the non-volatile memory. */
    size_t nonvolatile_bytes;

    /* Power comes on. `nonvolatile` is read now and written to later; it outlives the state. */
    void (*power_on)(void* state, uint8_t* nonvolatile, uint64_t now_us);
    /* The ADC has finished a conversion: 24-bit two's complement code, sign-extended. */
    void (*conversion)(void* state, uint64_t now_us, int32_t code);
    /* A byte has arrived complete on the UART. */
    void (*uart_receive)(void* state, uint64_t now_us, uint8_t byte);
    /* Timers: must be called at wake_us at the latest; calling it early does nothing. */
    void (*run)(void* state, uint64_t now_us);
    uint64_t (*wake_us)(const void* state);
    /* Takes up to `capacity` bytes that wait for transmission. */
    size_t (*uart_transmit)(void* state, uint8_t* out, size_t capacity);

    /* For the ground-truth column only: the value shown (net with a tare) before rounding, in
     * milligrams. */
    int64_t (*unrounded_mg)(const void* state);
} jh_firmware_api;

/* What a shared object exports to be run by the bench. */
const jh_firmware_api* jh_firmware(void);

#ifdef __cplusplus
}
#endif

#endif
