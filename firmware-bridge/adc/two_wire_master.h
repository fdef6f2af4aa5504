// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// A master on a converter's two wires (I2C), all at one instant.
class TwoWireMaster {
public:
    /// `scl`, `sda`: pins of the converter, which must outlive this.
    TwoWireMaster(AdcChip& converter, std::size_t scl, std::size_t sda, SimTime at)
        : converter_{converter}, scl_{scl}, sda_{sda}, at_{at} {
        converter_.advanceTo(at);
    }

    /// A first or a repeated one.
    void start() {
        drive(sda_, true);
        drive(scl_, true);
        drive(sda_, false);
        drive(scl_, false);
    }
    void stop() {
        drive(sda_, false);
        drive(scl_, true);
        drive(sda_, true);
    }
    /// Whether the byte was acknowledged.
    bool send(unsigned byte) {
        for (unsigned i = 0; i < 8; ++i) bit((byte >> (7 - i) & 1U) != 0);
        return !bit(true);
    }
    unsigned receive(bool acknowledge) {
        unsigned byte = 0;
        for (int i = 0; i < 8; ++i) byte = byte << 1U | (bit(true) ? 1U : 0U);
        bit(!acknowledge);
        return byte;
    }

private:
    void drive(std::size_t pin, bool high) { converter_.drive(pin, high, at_); }
    /// What stands on the data line while the clock is high.
    bool bit(bool high) {
        drive(sda_, high);
        drive(scl_, true);
        const bool seen = high && converter_.level(sda_);
        drive(scl_, false);
        return seen;
    }

    AdcChip& converter_;
    std::size_t scl_, sda_;
    SimTime at_;
};

}  // namespace jh
