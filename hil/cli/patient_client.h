// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "hil/cli/indicator_wire.h"
#include "hil/loop/bench_lock.h"
#include "hil/loop/timing.h"

namespace jh {

/// A device on a real wire that may go away and come back: whoever asks waits for it as long as
/// the bench has patience. Measures how long answers take.
class PatientClient final : public ModbusClient {
public:
    /// With a lock it is let go while the device is waited for. All must outlive this.
    PatientClient(IndicatorWire& wire, SimTime patience, const std::atomic<bool>* stop,
                  BenchLock* lock = nullptr)
        : wire_{wire}, patience_{patience}, stop_{stop}, lock_{lock} {}

    Expected<std::vector<std::uint16_t>, IoError> read(
        int address, int count, ModbusTable table = ModbusTable::holdingRegisters) override;
    Expected<void, IoError> write(int address, std::span<const std::uint16_t> values) override;
    Expected<void, IoError> writeOne(int address, std::uint16_t value) override;
    Expected<void, IoError> writeCoil(int address, bool on) override;
    std::uint64_t transactions() const override { return wire_.client().transactions(); }

    /// Of transactions that were answered.
    const DurationHistogram& duration() const { return duration_; }
    /// How often it was gone and came back.
    int losses() const { return losses_; }

private:
    template <class Ask>
    auto patiently(const Ask& ask) -> decltype(ask(std::declval<ModbusClient&>()));
    template <class Do>
    auto aside(const Do& act);
    bool stopped() const { return stop_ != nullptr && *stop_; }

    IndicatorWire& wire_;
    SimTime patience_;
    const std::atomic<bool>* stop_;
    BenchLock* lock_;
    DurationHistogram duration_;
    int losses_{};
};

}  // namespace jh
