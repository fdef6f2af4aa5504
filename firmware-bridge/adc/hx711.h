// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "firmware-bridge/adc/adc_chip.h"
#include "firmware-bridge/adc/two_wire_port.h"

namespace jh {

/// HX711: two wires, 24 bits; the number of pulses of a read chooses channel and gain. Figures and
/// their sources: docs/adc-chips.md. The cell is on channel A; channel B reads 0.
class Hx711 final : public AdcChip {
public:
    enum : std::size_t { pdSck, dout, rate };  // pins

    explicit Hx711(int rate_Hz);

    const std::vector<Pin>& pins() const override { return pins_; }
    void conversion(SimTime at, std::int64_t code) override;
    void drive(std::size_t pin, bool level, SimTime at) override;
    void advanceTo(SimTime at) override;
    std::optional<SimTime> wake() const override;
    bool level(std::size_t) const override { return port_.line(); }
    void powerOn(SimTime at) override;
    void hashInto(Hash& hash) const override;

private:
    enum class Input { a128 = 25, b32 = 26, a64 = 27 };  // by the pulses that choose them

    void finishRead(int pulses, SimTime at);
    void reset(SimTime at);
    SimTime settling() const { return fast_ ? 50ms : 400ms; }

    std::vector<Pin> pins_;
    TwoWirePort port_;
    bool fast_{};    ///< RATE
    bool asleep_{};  ///< powered down by its clock
    Input input_{Input::a128};
    SimTime settledAt_{};
};

}  // namespace jh
