// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "hil/loop/virtual_bench.h"
#include "hil/port/load_source.h"
#include "sim/model/signal_model.h"

namespace jh {

/// A bridge signal source at the indicator's terminals in place of a scale: every load becomes the
/// ratio that stands for its nominal mass (OIML R 76-1 Annex C, JJG 649). No load is too heavy and
/// none has an error; what errs is the source, as its model says.
class SignalLoadSource final : public LoadSource {
public:
    /// `interval` is the e that `model.perInterval` stands for.
    SignalLoadSource(VirtualBench& bench, const SignalModel& model, ExactMass interval);
    SignalLoadSource(const SignalLoadSource&) = delete;
    SignalLoadSource& operator=(const SignalLoadSource&) = delete;

    Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                  std::optional<std::size_t> support) override;
    Expected<void, IoError> trimMaterial(ExactMass change) override;
    Expected<ExactMass, IoError> roll(RollingStop stop) override;
    Expected<void, IoError> rollOff() override;
    Expected<void, IoError> disturb(ExactMass by) override;

private:
    Expected<void, IoError> show(ExactMass load, SimTime settling);

    VirtualBench& bench_;
    SignalModel model_;
    ExactMass interval_;
    std::array<ExactMass, loadKinds> present_{};
};

}  // namespace jh
