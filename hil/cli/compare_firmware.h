// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/cli/twin_host.h"
#include "hil/indicator/profile.h"
#include "hil/procedure/record.h"

namespace jh {

/// Something in which two firmwares, or two records, do not agree; equal ones in a row are one.
struct FirmwareDifference {
    SimTime at{}, until{};      ///< first and last time
    std::string what;           ///< register field, status bit, reply, timing
    std::string first, second;  ///< what each of them says, the first time
    bool legal{};               ///< it concerns what is weighed and shown, or what is sealed
    int times{1};
    std::string doing;  ///< what was being done, and how long ago it had begun
};

/// Gross value of both over the time, in the order of the readings.
struct FirmwareTrace {
    std::vector<double> at_s, first_kg, second_kg;
};

/// All replies of two firmwares, register by register through the profile. In the order in which
/// each difference was first seen.
std::vector<FirmwareDifference> compareReplies(const std::vector<TwinExchange>& exchanges,
                                               const IndicatorProfile& profile, SimTime byteTime,
                                               const VerificationResult& result,
                                               FirmwareTrace& trace);

}  // namespace jh
