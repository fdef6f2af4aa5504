// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "firmware-bridge/adc/adc_chip.h"
#include "firmware-bridge/adc/two_wire_port.h"

namespace jh {

/// ADS1232: two wires, 24 bits; gain, rate and power-down are pins, the offset is calibrated by a
/// 26th pulse. Figures and their sources: docs/adc-chips.md. A0 and TEMP are not looked at.
class Ads1232Chip final : public AdcChip {
public:
    enum : std::size_t { sclk, drdyDout, pdwn, speed, gain0, gain1, a0, temp };  // pins

    explicit Ads1232Chip(int rate_Hz);

    const std::vector<Pin>& pins() const override { return pins_; }
    void conversion(SimTime at, std::int64_t code) override;
    void drive(std::size_t pin, bool level, SimTime at) override;
    void advanceTo(SimTime at) override;
    std::optional<SimTime> wake() const override;
    bool level(std::size_t) const override { return port_.line(); }
    void powerOn(SimTime at) override;
    void hashInto(Hash& hash) const override;

private:
    void clock(bool high, SimTime at);
    void power(bool on, SimTime at);
    /// Nothing is given out until the filter has settled.
    void settle(SimTime at, SimTime lasts);
    bool in(std::size_t pin) const { return inputs_[pin]; }
    SimTime conversionTime() const { return in(speed) ? 12'500us : 100ms; }
    int gain() const;

    std::vector<Pin> pins_;
    std::vector<bool> inputs_;  ///< levels now, by pin
    TwoWirePort port_;
    bool standby_{};
    SimTime settledAt_{};
    bool calibrating_{};
    SimTime offSince_{};  ///< of PDWN low
};

}  // namespace jh
