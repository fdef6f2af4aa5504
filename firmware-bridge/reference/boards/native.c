/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference firmware as a shared object, for jianheng-native. */
#include "firmware-bridge/reference/indicator_parameters.h"

const jh_firmware_api* jh_firmware(void) {
    return jh_reference_firmware();
}
