// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// A signal of a recording: rows of equal width over time.
struct RecordedSignal {
    std::string name;  ///< with the unit as suffix: "cell_force_N"
    std::string unit, frame, about;
    std::vector<std::string> columns;  ///< what each column is of
};

/// What holds for a recording as a whole.
struct RecordingHead {
    std::string program, version, commit, name, title;
    std::uint64_t seed{};
    std::string scene;  ///< as text, every default written out
};

/// Signals of a run as an HDF5 file (docs/recording.md, docs/adr/0010). Rows are gathered in
/// memory; only flush() touches the file, which can be read up to there whatever happens later.
class Recording {
public:
    /// Signals that get their rows together, with one column of times.
    enum class Track : std::size_t {};

    Recording(const std::filesystem::path& file, const RecordingHead& head);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    /// A group of the file. Rows are expected to come some `rowsAtOnce` between two flushes.
    Track add(const std::string& group, std::vector<RecordedSignal> signals,
              std::size_t rowsAtOnce);
    /// The values of all signals of the track in their order. Allocates nothing while the rows
    /// since the last flush fit.
    void row(Track track, SimTime at, std::span<const double> values);
    std::size_t rowsWaiting(Track track) const;
    void flush();

    /// Why the file is not whole; empty when all is well.
    const std::string& problem() const;

private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace jh
