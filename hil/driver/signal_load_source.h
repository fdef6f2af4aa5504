// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "hil/loop/virtual_bench.h"
#include "hil/port/load_source.h"
#include "hil/port/surroundings.h"
#include "sim/model/scale_model.h"
#include "sim/model/signal_model.h"

namespace jh {

/// A bridge signal source at the indicator's terminals in place of a scale: every load becomes the
/// ratio that stands for its nominal mass (OIML R 76-1 Annex C, JJG 649). No load is too heavy and
/// none has an error; what errs is the source, as its model says. The indicator is in a climate
/// chamber, and resistors may be put into its wires.
class SignalLoadSource final : public LoadSource, public Surroundings {
public:
    /// `scale` is the one that the source stands for: its e, and its wiring as the indicator sees
    /// it.
    SignalLoadSource(VirtualBench& bench, const SignalModel& model, const ScaleModel& scale);
    SignalLoadSource(const SignalLoadSource&) = delete;
    SignalLoadSource& operator=(const SignalLoadSource&) = delete;

    Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                  std::optional<std::size_t> support) override;
    Expected<void, IoError> trimMaterial(ExactMass change) override;
    Expected<ExactMass, IoError> roll(RollingStop stop) override;
    Expected<void, IoError> rollOff() override;
    Expected<void, IoError> disturb(ExactMass by) override;

    std::optional<Temperature> temperature() const override { return temperature_; }
    Expected<void, IoError> switchSupply(bool on) override { return bench_.switchSupply(on); }
    Expected<void, IoError> keyRadio(bool on) override { return bench_.keyRadio(on); }
    Expected<void, IoError> trimCell(std::size_t cell, double change) override;
    Expected<void, IoError> insertCable(Resistance loop) override;
    Expected<void, IoError> setTemperature(Temperature t) override;

private:
    ExactMass present() const;
    Expected<void, IoError> show(ExactMass load, SimTime settling);
    BridgeRatio atConverter(BridgeRatio source) const;

    VirtualBench& bench_;
    SignalModel model_;
    ExactMass interval_;
    WiringModel wiring_;
    Resistance excited_;  ///< what the bridges put on the excitation
    Resistance cable_{};
    Temperature temperature_{20.0};
    std::array<ExactMass, loadKinds> present_{};
};

}  // namespace jh
