// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// Signals over time as a Value Change Dump (IEEE 1364-2005, clause 18), which GTKWave reads. In
/// nanoseconds, without a date: the same run writes the same bytes. It goes to the file as time
/// goes on.
class VcdFile {
public:
    struct Signal {
        std::string group, name;  ///< what cannot stand in a name becomes an underscore
        int bits{1};
        std::optional<std::uint64_t> initial;  ///< nothing: high impedance, as later on
    };
    VcdFile(const std::filesystem::path& file, const std::vector<Signal>& signals);

    /// Times may come in any order until upTo() has passed them; what comes later counts then.
    void change(SimTime at, std::size_t signal, std::optional<std::uint64_t> value);
    /// Nothing more will come for the time up to here.
    void upTo(SimTime t);
    /// All there is. False where the file could not be written.
    bool finish(SimTime end);

private:
    struct Change {
        std::size_t signal{};
        std::optional<std::uint64_t> value;
    };
    void write(const Change& change);

    std::ofstream out_;
    std::vector<Signal> signals_;  ///< `initial` is the value now
    std::multimap<SimTime, Change> waiting_;
    SimTime passed_{}, written_{};
};

}  // namespace jh
