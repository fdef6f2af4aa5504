// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "hil/port/indicator.h"
#include "hil/port/load_order.h"
#include "hil/port/surroundings.h"

namespace jh {

/// A person at a real scale: places its loads, has supply, radio and trims at hand, and adjusts at
/// the keys an indicator that cannot be adjusted over the wire. Told what to do, and waited for.
class ManualLoadSource final : public LoadSource, public Surroundings, public Adjustment {
public:
    /// Tells a person what to do and returns when it is done: `refused` when it cannot or will not
    /// be done, `interrupted` when the person ends it all.
    using Ask = std::function<Expected<void, IoError>(const LoadOrder&)>;

    explicit ManualLoadSource(Ask ask) : ask_{std::move(ask)} {}

    Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                  std::optional<std::size_t> support) override;
    Expected<void, IoError> trimMaterial(ExactMass change) override;
    Expected<ExactMass, IoError> roll(RollingStop stop) override;
    Expected<void, IoError> rollOff() override;
    Expected<void, IoError> disturb(ExactMass by) override;

    std::optional<Temperature> temperature() const override { return std::nullopt; }
    Expected<void, IoError> switchSupply(bool on) override;
    Expected<void, IoError> keyRadio(bool on) override;
    Expected<void, IoError> trimCell(std::size_t cell, double change) override;

    Expected<void, IoError> adjustZero() override;
    Expected<void, IoError> adjustSpan(ExactMass load) override;
    Expected<void, IoError> seal() override;

private:
    Ask ask_;
    std::map<LoadKind, int> onDeck_;
};

}  // namespace jh
