/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JH_MODBUS_SLAVE_H
#define JH_MODBUS_SLAVE_H

#include <stddef.h>

#include "firmware-bridge/reference/indicator_state.h"

/* Modbus RTU slave, functions 03, 06 and 16. A frame ends by 3.5 characters of silence and may hold
 * no gap of more than 1.5; above 19200 baud these are 1.75 ms and 0.75 ms (serial line guide). */

uint16_t jh_crc16(const uint8_t* bytes, size_t count);

void jh_start_slave(jh_indicator* i);
void jh_slave_receive(jh_indicator* i, uint64_t now_us, uint8_t byte);
/* Answers the frame that has ended by now, if one has. */
void jh_slave_run(jh_indicator* i, uint64_t now_us);
uint64_t jh_slave_wake_us(const jh_indicator* i);
size_t jh_slave_transmit(jh_indicator* i, uint8_t* out, size_t capacity);

#endif
