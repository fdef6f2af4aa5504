// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/board/avr_pins.h"

namespace jh {

std::array<PinName, 2> uartPins(const std::string& mcu, int number) {
    if (mcu == "atmega2560") {
        constexpr std::array<std::array<std::string_view, 2>, 4> pins{
            {{"PE0", "PE1"}, {"PD2", "PD3"}, {"PH0", "PH1"}, {"PJ0", "PJ1"}}};
        const auto& [rx, tx] = pins[static_cast<std::size_t>(number)];
        return {PinName{rx}, PinName{tx}};
    }
    if (number == 1) return {"PD2", "PD3"};
    return {"PD0", "PD1"};
}

/// Data sheets, "Alternate Functions of Port C"; of the 2560, of port D.
std::array<PinName, 2> twiPins(const std::string& mcu) {
    if (mcu == "atmega328p") return {"PC5", "PC4"};
    if (mcu == "atmega2560") return {"PD0", "PD1"};
    return {"PC0", "PC1"};
}

/// Data sheets, "Alternate Functions of Port B".
std::array<PinName, 3> spiPins(const std::string& mcu) {
    if (mcu == "atmega328p") return {"PB5", "PB4", "PB3"};
    if (mcu == "atmega2560") return {"PB1", "PB3", "PB2"};
    return {"PB7", "PB6", "PB5"};
}

}  // namespace jh
