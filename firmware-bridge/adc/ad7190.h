// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// AD7190: registers over CS, SCLK, DIN and DOUT/RDY, SPI mode 3: the clock rests high, DIN is
/// taken with its rising edge, DOUT changes with its falling one and between words is low when data
/// are ready. Figures and their sources: docs/adc-chips.md. The cell is on AIN1-AIN2; other inputs
/// read 0.
class Ad7190 final : public AdcChip {
public:
    enum : std::size_t { cs, sclk, din, doutRdy };  // pins

    explicit Ad7190(int rate_Hz);

    const std::vector<Pin>& pins() const override { return pins_; }
    void conversion(SimTime at, std::int64_t code) override;
    void drive(std::size_t pin, bool level, SimTime at) override;
    void advanceTo(SimTime at) override;
    std::optional<SimTime> wake() const override;
    bool level(std::size_t) const override;
    void powerOn(SimTime at) override;
    void hashInto(Hash& hash) const override;

private:
    enum class Port { command, writing, reading };

    void reset(SimTime at);
    void rise(SimTime at);
    void fall();
    void command(SimTime at);
    void write(SimTime at);
    void beginRead();
    void endRead(SimTime at);
    /// The filter starts anew; what was ready is so no longer.
    void settle(SimTime at);
    int width(unsigned address) const;
    std::uint32_t value(unsigned address) const;
    unsigned mode() const { return mode_ >> 21 & 7U; }
    std::int64_t millihertz() const;
    int conversionsToSettle() const;

    std::vector<Pin> pins_;
    bool cs_{true}, sclk_{true}, din_{true};

    Port port_{Port::command};
    unsigned command_{};     ///< the communications register
    int bits_{};             ///< clocked since the port is in its state
    int ones_{};             ///< in a row on DIN
    std::uint32_t shift_{};  ///< in, or out
    bool sending_{};         ///< DOUT/RDY is a bit, not the state
    bool bit_{};
    std::optional<SimTime> rdyAt_;  ///< when it is the state again

    std::uint32_t mode_{}, config_{}, offset_{}, fullScale_{}, gpocon_{};
    std::uint32_t data_{}, next_{};
    unsigned channel_{};
    bool error_{}, nextError_{};
    bool ready_{}, fresh_{}, waiting_{};  ///< RDY; with data nobody read; more of them after a read
    bool done_{};                         ///< a single conversion
    SimTime settledAt_{};
};

}  // namespace jh
