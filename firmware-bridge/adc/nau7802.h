// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// NAU7802: registers of 8 bits over I2C at address 0x2A; the register address counts up by itself.
/// Figures and their sources: docs/adc-chips.md. The cell is on channel 1; channel 2 reads 0.
class Nau7802 final : public AdcChip {
public:
    enum : std::size_t { scl, sda, drdy };  // pins

    explicit Nau7802(int rate_Hz);

    const std::vector<Pin>& pins() const override { return pins_; }
    void conversion(SimTime at, std::int64_t code) override;
    void drive(std::size_t pin, bool level, SimTime at) override;
    void advanceTo(SimTime at) override;
    std::optional<SimTime> wake() const override;
    bool level(std::size_t pin) const override;
    void powerOn(SimTime at) override;
    void hashInto(Hash& hash) const override;

private:
    enum class Bus { idle, address, pointer, writing, reading };

    void clockRise();
    void clockFall(SimTime at);
    /// A byte has come whole; true: acknowledge it.
    bool received(SimTime at);
    std::uint8_t readRegister(SimTime at);
    void writeRegister(std::uint8_t value, SimTime at);
    void resetRegisters();
    void settle(SimTime at);
    bool line() const { return sda_ && !pull_; }
    std::int64_t millihertz() const;

    std::vector<Pin> pins_;
    bool scl_{true}, sda_{true};  ///< as the master drives them
    bool pull_{};                 ///< the chip holds SDA low

    Bus bus_{Bus::idle};
    int bits_{};           ///< of the byte, the ninth is the acknowledge
    std::uint8_t byte_{};  ///< in, or out
    bool refused_{};       ///< the master wants no more bytes
    std::uint8_t pointer_{};

    std::array<std::uint8_t, 0x20> registers_{};
    std::int32_t result_{};
    std::int32_t latched_{};  ///< while its three bytes are read
    bool ready_{};            ///< CR
    bool fresh_{};            ///< latched_ has not been read whole
    SimTime poweredAt_{};     ///< PUR
    SimTime settledAt_{};
    std::optional<SimTime> calibratedAt_;
};

}  // namespace jh
