// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>

#include "firmware-bridge/board/board.h"

namespace jh {

/// Pins that a USART takes while it is on: RXD, TXD.
std::array<PinName, 2> uartPins(const std::string& mcu, int number);
/// Pins of the two-wire (I2C) peripheral: SCL, SDA.
std::array<PinName, 2> twiPins(const std::string& mcu);
/// Pins of the SPI peripheral: SCK, MISO, MOSI.
std::array<PinName, 3> spiPins(const std::string& mcu);

}  // namespace jh
