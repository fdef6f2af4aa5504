// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "firmware-bridge/abi/jh_firmware.h"
#include "firmware-bridge/image/firmware_image.h"

namespace jh {

/// A firmware in a shared object for this machine, which exports jh_firmware(). It stays loaded.
struct SharedFirmware {
    const jh_firmware_api* api{};
    FirmwareImage symbols;  ///< names of functions alone
    const void* base{};     ///< where the object lies in memory

    /// The function at this address; empty where the object does not lie there.
    std::string functionAt(const void* address) const;
};

/// `problem` says why it cannot be run: no shared object, nothing exported, another version of the
/// ABI, sizes that make no sense.
SharedFirmware loadShared(const std::string& path, FirmwareImage symbols, std::string& problem);

}  // namespace jh
