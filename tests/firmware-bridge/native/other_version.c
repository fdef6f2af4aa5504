/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built for a version of the ABI that is none. */
#include "firmware-bridge/abi/jh_firmware.h"

const jh_firmware_api* jh_firmware(void) {
    static const jh_firmware_api api = {.abi_version = 99};
    return &api;
}
