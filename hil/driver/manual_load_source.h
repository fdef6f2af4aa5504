// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>

#include "hil/port/clock.h"
#include "hil/port/load_source.h"
#include "hil/port/surroundings.h"
#include "sim/model/scale_model.h"

namespace jh {

/// A person as load source of a real scale, and as its surroundings: told what to do, and waited
/// for until it is done.
class ManualLoadSource final : public LoadSource, public Surroundings {
public:
    /// Tells a person what to do. False: it cannot or will not be done.
    using Ask = std::function<bool(const std::string& what)>;

    ManualLoadSource(const ScaleModel& scale, Ask ask) : scale_{scale}, ask_{std::move(ask)} {}

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

private:
    Expected<void, IoError> ask(const std::string& what);
    std::string text(ExactMass mass) const;

    const ScaleModel& scale_;
    Ask ask_;
    std::map<LoadKind, int> onDeck_;
};

}  // namespace jh
