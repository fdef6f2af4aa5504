/* SPDX-License-Identifier: GPL-3.0-or-later */
#define WIRES
#include "nau7802_twi.c"
