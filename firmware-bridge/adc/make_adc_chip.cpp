// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/make_adc_chip.h"

#include "firmware-bridge/adc/ads1232_chip.h"
#include "firmware-bridge/adc/hx711.h"

namespace jh {

std::unique_ptr<AdcChip> makeAdcChip(std::string_view kind, int rate_Hz) {
    if (kind == "hx711") return std::make_unique<Hx711>(rate_Hz);
    if (kind == "ads1232") return std::make_unique<Ads1232Chip>(rate_Hz);
    return nullptr;
}

const std::vector<std::string>& adcChipKinds() {
    static const std::vector<std::string> kinds{"hx711", "ads1232"};
    return kinds;
}

}  // namespace jh
