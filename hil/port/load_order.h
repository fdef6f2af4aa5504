// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "hil/port/load_source.h"
#include "sim/base/exact_mass.h"

namespace jh {

/// What a person at a real scale is to do next. Its words: hil/report/order_words.h.
struct LoadOrder {
    enum class Act {
        put,          ///< pieces of a kind on the load receptor
        take,         ///< off it
        addMaterial,  ///< about `mass` to the last substitution load
        takeMaterial,
        rollOff,  ///< drive the rolling load off
        press,    ///< with about `mass` on the deck, and let go
        supplyOn,
        supplyOff,
        radioOn,  ///< press the key of a hand radio
        radioOff,
        trimCell,    ///< so that `cell` counts for the share `change` more
        adjustZero,  ///< at the indicator's keys: the empty scale
        adjustSpan,  ///< at the indicator's keys: `mass` lies on the scale
        seal,        ///< leave the adjustment and seal it
    };
    Act act{};
    LoadKind kind{};                     ///< of put and take
    int pieces{}, stay{};                ///< to be moved; that lie there afterwards
    ExactMass mass;                      ///< of one piece, or as the act says
    std::optional<std::size_t> support;  ///< a cell's place in the scale's list; none: evenly
    std::size_t cell{};                  ///< its place in the scale's list
    double change{};
};

}  // namespace jh
