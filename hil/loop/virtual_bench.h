// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "firmware-bridge/adc/ads1232.h"
#include "firmware-bridge/adc/digital_cells.h"
#include "firmware-bridge/host/firmware_host.h"
#include "firmware-bridge/native/native_host.h"
#include "hil/loop/converter_output.h"
#include "hil/loop/wire_frame.h"
#include "hil/modbus/rtu_client.h"
#include "hil/port/clock.h"
#include "hil/port/surroundings.h"
#include "hil/port/truth.h"
#include "sim/plant/plant.h"

namespace jh {

/// State of the whole bench at a whole simulated second, part by part.
struct SecondHash {
    static constexpr std::array names{"deck", "cells", "loads", "noise", "firmware"};
    std::array<std::uint64_t, names.size()> parts{};
    std::uint64_t combined() const;
    friend bool operator==(const SecondHash&, const SecondHash&) = default;
};

/// Wall time spent in each stage; only the benchmark asks for it.
struct StageTimes {
    std::chrono::nanoseconds moving{}, resting{}, firmware{}, hashing{};
};

/// The executive in virtual time: plant -> ADC -> firmware -> UART in lock step, as fast as
/// possible. As a Line it carries requests to the firmware's UART at the baud rate.
class VirtualBench final : public Clock, public Truth, public Surroundings, public Line {
public:
    VirtualBench(Plant plant, const Ads1232Model& adc, std::unique_ptr<FirmwareHost> firmware,
                 Seeds seeds);
    /// With the reference firmware in this process.
    VirtualBench(Plant plant, const Ads1232Model& adc, NativeHost firmware, Seeds seeds)
        : VirtualBench{std::move(plant), adc, std::make_unique<NativeHost>(std::move(firmware)),
                       seeds} {}

    SimTime now() const override { return now_; }
    Expected<void, IoError> waitUntil(SimTime t) override;
    std::optional<TruthValue> truth() const override;
    std::optional<Temperature> temperature() const override { return plant_.weather().ambient(); }
    /// Without supply the firmware neither converts nor answers; it starts anew with what its
    /// memory holds.
    Expected<void, IoError> switchSupply(bool on) override;
    /// Begins and ends the faults that wait for a radio.
    Expected<void, IoError> keyRadio(bool on) override;
    Expected<void, IoError> trimCell(std::size_t cell, double change) override;
    std::vector<std::uint8_t> exchange(std::span<const std::uint8_t> request,
                                       SimTime timeout) override;
    /// The halves of an exchange. Bytes go out one after the other; what comes back ends with 3.5
    /// characters of silence.
    void say(std::span<const std::uint8_t> bytes);
    std::vector<std::uint8_t> hear(SimTime timeout);
    /// When set: the supply goes at this moment, whatever is under way.
    std::optional<SimTime> supplyFailsAt;
    /// When set: this is wrong with the converter, whatever the plant's faults say.
    std::optional<ConverterFault> converterFault;

    Plant& plant() { return plant_; }
    const Plant& plant() const { return plant_; }
    FirmwareHost& firmware() { return *firmware_; }
    /// Only where the firmware runs in this process: it has a door to what it measures.
    NativeHost& nativeFirmware();
    bool supplied() const { return supplied_; }
    /// The box of a scale with digital cells, empty of another, and who last told it what under
    /// which address.
    const std::optional<DigitalCellsModel>& box() const { return digital_; }
    const DigitalCellsState& cells() const { return digitalState_; }
    const std::vector<SecondHash>& secondHashes() const { return secondHashes_; }

    /// When set and true, waiting ends with `interrupted`. A signal handler may set it.
    const std::atomic<bool>* stopRequested{};
    /// Called for every frame that went over the wire, when set.
    std::function<void(const WireFrame&)> onFrame;
    /// Called at every whole simulated second, when set.
    std::function<void(const SecondHash&)> onSecond;
    StageTimes* stageTimes{};
    MassUnit unit{MassUnit::kg};  ///< in which the firmware counts
    /// When set: this ratio is at the terminals, and the plant stands still.
    std::optional<BridgeRatio> signal;

    /// When set, this waits in place of an advance: the bench runs by the clock, and somebody
    /// else advances it.
    std::function<Expected<void, IoError>(SimTime)> pace;
    /// Called for every conversion with its time and the mean signal, when set.
    std::function<void(SimTime, BridgeRatio)> onConversion;
    /// Called before each conversion with its end, when set: what begins until then comes now.
    std::function<void(SimTime)> beforeConversion;
    /// Called when the digital cells have converted, when set.
    std::function<void(SimTime)> onCells;
    void advanceTo(SimTime t);

private:
    void convertOnce();
    void handOver(SimTime until);
    void listenUntil(SimTime limit);
    void failSupplyBy(SimTime t);
    std::int64_t code(BridgeRatio mean);
    std::int32_t codeOfDigitalCells();
    DigitalCellsState withFaults(DigitalCellsState state);
    void hashSecond();

    Plant plant_;
    bool supplied_{true};
    Ads1232Model adc_;
    NoiseStream adcNoise_;
    ConverterOutput converterOutput_;
    /// Of a scale with digital cells: these stand where the converter stands.
    std::optional<DigitalCellsModel> digital_;
    DigitalCellsState digitalState_;
    std::vector<double> rawGain_;  ///< per cell, what its coefficient in the box makes good
    std::vector<BridgeRatio> rawOutputs_;
    std::vector<double> digitalNoise_;
    std::unique_ptr<FirmwareHost> firmware_;
    SimTime now_{}, nextConversion_{}, nextSecond_{1s};
    std::vector<SecondHash> secondHashes_;
};

}  // namespace jh
