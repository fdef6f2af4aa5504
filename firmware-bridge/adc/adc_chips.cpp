// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/adc_chips.h"

#include "firmware-bridge/adc/ad7190.h"
#include "firmware-bridge/adc/ads1232_chip.h"
#include "firmware-bridge/adc/cs5530.h"
#include "firmware-bridge/adc/hx711.h"
#include "firmware-bridge/adc/nau7802.h"

namespace jh {

std::unique_ptr<AdcChip> makeAdcChip(std::string_view kind, int rate_Hz) {
    if (kind == "hx711") return std::make_unique<Hx711>(rate_Hz);
    if (kind == "ads1232") return std::make_unique<Ads1232Chip>(rate_Hz);
    if (kind == "cs5530") return std::make_unique<Cs5530>(Cs5530::Kind::cs5530, rate_Hz);
    if (kind == "cs5532") return std::make_unique<Cs5530>(Cs5530::Kind::cs5532, rate_Hz);
    if (kind == "ad7190") return std::make_unique<Ad7190>(rate_Hz);
    if (kind == "nau7802") return std::make_unique<Nau7802>(rate_Hz);
    return nullptr;
}

}  // namespace jh
