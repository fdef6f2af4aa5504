// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// CS5530 and CS5532: commands of 8 bits and registers of 32 over CS, SCLK, SDI and SDO; SDI is
/// taken with the rising edge, SDO changes with the falling one. Figures and their sources:
/// docs/adc-chips.md. The cell of a CS5532 is on its channel 1; channel 2 reads 0.
class Cs5530 final : public AdcChip {
public:
    enum class Kind { cs5530, cs5532 };
    enum : std::size_t { cs, sclk, sdi, sdo };  // pins

    Cs5530(Kind kind, int rate_Hz);

    const std::vector<Pin>& pins() const override { return pins_; }
    void conversion(SimTime at, std::int64_t code) override;
    void drive(std::size_t pin, bool level, SimTime at) override;
    void advanceTo(SimTime at) override { pass(at); }
    std::optional<SimTime> wake() const override { return {}; }
    bool level(std::size_t) const override { return cs_ || sdo_; }
    void powerOn(SimTime at) override;
    void hashInto(Hash& hash) const override;

private:
    enum class Port { command, writing, reading, converting };

    void rise(SimTime at);
    void fall();
    void rest();
    void command(SimTime at);
    void writeRegister();
    void readRegister();
    void readWord(SimTime at);
    void enterCommand();
    void resetRegisters();
    std::uint32_t* registerOf(unsigned command);
    /// The 16 bits of channel, gain and rate of the conversion that is under way.
    std::uint32_t setup() const;
    std::int64_t millihertz() const;
    std::uint32_t word(std::int64_t code) const;

    Kind kind_;
    std::vector<Pin> pins_;
    bool cs_{true}, sclk_{}, sdi_{}, sdo_{true};

    Port port_{Port::command};
    unsigned command_{};     ///< whose register or conversion it is
    int bits_{};             ///< clocked since the port is in its state
    int ones_{};             ///< in a row on SDI
    std::uint32_t shift_{};  ///< in, or out

    std::array<std::uint32_t, 2> offset_{}, gain_{};
    std::array<std::uint32_t, 4> setup_{};
    std::uint32_t config_{};
    bool resetValid_{};

    int skip_{};                       ///< conversions until the filter has settled
    bool ready_{}, waiting_{};         ///< a word can be read, another one after it
    std::uint32_t result_{}, next_{};  ///< those words
    bool calibrated_{};                ///< SDO is low as a calibration ended
    bool told_{};                      ///< that somebody clocked before SDO fell
};

}  // namespace jh
