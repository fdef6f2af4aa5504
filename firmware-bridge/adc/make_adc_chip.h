// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// A chip of this kind whose clock makes `rate_Hz` conversions a second; nothing where there is no
/// such kind.
std::unique_ptr<AdcChip> makeAdcChip(std::string_view kind, int rate_Hz);
const std::vector<std::string>& adcChipKinds();

}  // namespace jh
