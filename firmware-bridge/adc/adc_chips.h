// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// Names of the chips that there are.
inline constexpr std::array<std::string_view, 6> adcChipKinds{"hx711",  "ads1232", "cs5530",
                                                              "cs5532", "ad7190",  "nau7802"};

/// A chip just powered, at time 0; null for a kind that there is not.
std::unique_ptr<AdcChip> makeAdcChip(std::string_view kind, int rate_Hz);

}  // namespace jh
