// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include "hil/cli/console.h"
#include "hil/cli/indicator_wire.h"
#include "hil/cli/reading_text.h"
#include "hil/driver/modbus_indicator.h"
#include "hil/loop/wall_clock.h"
#include "hil/scenario/load.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

struct ReadInput {
    IndicatorProfile profile;
    ScaleModel plate;  ///< where the map does not tell d, unit or overload
    bool plateGiven{};
    SimTime every{}, patience{};
};

/// Stands in for a plate that nobody has told: it must never be the reason for an overload.
ScaleModel unknownPlate() {
    ScaleModel plate;
    plate.ranges = {{ExactMass::kg(10'000'000), ExactMass::kg(1)}};
    return plate;
}

Expected<ReadInput, Diagnostics> readInput(const ReadArguments& arguments) {
    ReadInput input;
    Diagnostics problems;
    const auto wrong = [&problems](const char* where, const std::string& found,
                                   const std::string& expected) {
        problems.push_back({where, 0, 0, found, expected, {}});
    };
    takeOr(loadIndicator(findDataFile(arguments.profile)), input.profile, problems);
    input.plate = unknownPlate();
    input.plateGiven = !arguments.scale.empty();
    if (input.plateGiven) takeOr(loadScale(findDataFile(arguments.scale)), input.plate, problems);
    if (const auto problem = problemOf(arguments.place); !problem.empty()) {
        wrong("read", "", problem);
    }
    const auto time = [&](const char* option, const std::string& text, SimTime least) {
        const auto given = parseTime(text);
        if (!given || *given < least) {
            wrong(
                option, '"' + text + '"',
                fmt::format("expected a time of at least {} ms, like 500 ms or 2 s", least / 1ms));
        }
        return given.value_or(least);
    };
    input.every = time("--every", arguments.every, readingGrid);
    input.patience = time("--patience", arguments.patience, 1s);
    if (arguments.csv && arguments.json) wrong("read", "", "--csv and --json exclude each other");
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};
    return input;
}

/// Shows what the indicator says until somebody or something ends it.
class Reader {
public:
    Reader(const ReadInput& input, const ReadArguments& arguments, IndicatorWire& wire)
        : input_{input},
          arguments_{arguments},
          wire_{wire},
          clock_{stopSignalled},
          indicator_{input.profile, wire.client(), clock_, input.plate},
          intervalTold_{input.plateGiven || input.profile.fields.count("interval") != 0},
          overwrites_{isatty(STDOUT_FILENO) == 1} {}

    int run() {
        if (arguments_.csv) fmt::print("{}", readingCsvHead(input_.plate.unit));
        for (int attempt = 0; !arguments_.count || attempt < *arguments_.count; ++attempt) {
            auto reading = indicator_.read();
            if (!reading && reading.error().kind == IoError::Kind::interrupted) break;
            if (!reading) reading = Unexpected<IoError>{wire_.explained(reading.error())};
            count(reading);
            show(reading);
            if (!reading && hopeless(reading.error())) return end(reading.error());
            if (arguments_.count && attempt + 1 == *arguments_.count) {
                if (good_ == 0) return end(reading.error());
                break;
            }
            // The indicator is read at the next point of its grid: on it already it would be late.
            const SimTime next = (clock_.now() / input_.every + 1) * input_.every;
            if (!clock_.waitUntil(next - readingGrid / 2)) break;
        }
        tellSums();
        return stopSignalled ? exitInterrupted : exitPass;
    }

private:
    void count(const Expected<Reading, IoError>& reading) {
        if (reading) {
            ++good_;
            lastGood_ = reading->at;
        } else {
            ++missed_;
            if (reading.error().kind == IoError::Kind::timeout) ++timeouts_;
        }
    }

    void show(const Expected<Reading, IoError>& reading) {
        const ReadAttempt attempt{reading,   utcNow(),      clock_.now() - lastGood_,
                                  good_ > 0, intervalTold_, missed_};
        const MassUnit unit = input_.plate.unit;
        if (arguments_.csv) {
            fmt::print("{}", readingCsv(attempt, unit));
        } else if (arguments_.json) {
            fmt::print("{}", readingJson(attempt, unit));
        } else if (overwrites_) {
            fmt::print("\r{}\033[K", readingLine(attempt, unit));
        } else {
            fmt::print("{}\n", readingLine(attempt, unit));
        }
        static_cast<void>(std::fflush(stdout));
    }

    /// Nothing to wait for: a wrong address, no permission, or silence for too long.
    bool hopeless(const IoError& error) const {
        const bool noWay =
            error.kind == IoError::Kind::disconnected || error.kind == IoError::Kind::refused;
        return (good_ == 0 && noWay) || clock_.now() - lastGood_ >= input_.patience;
    }

    int end(const IoError& error) const {
        tellSums();
        if (good_ > 0) {
            return complain(fmt::format("{}: lost for {:.0f} s: {}", wire_.name(),
                                        seconds(clock_.now() - lastGood_), error.text));
        }
        const bool silent =
            error.kind == IoError::Kind::timeout || error.kind == IoError::Kind::protocol;
        if (error.kind == IoError::Kind::exception) {
            return complain(wire_.name() + ": " + error.text +
                            "; it answers, but not as this profile says: is it the right one?");
        }
        return complain(wire_.name() + ": " + error.text +
                        (silent ? "; " + wire_.advice() : std::string{}));
    }

    void tellSums() const {
        if (overwrites_ && !arguments_.csv && !arguments_.json) fmt::print("\n");
        static_cast<void>(std::fflush(stdout));
        fmt::print(stderr, "{} readings, {} missed, of them {} time-outs\n", good_, missed_,
                   timeouts_);
    }

    const ReadInput& input_;
    const ReadArguments& arguments_;
    IndicatorWire& wire_;
    WallClock clock_;
    ModbusIndicator indicator_;
    bool intervalTold_, overwrites_;
    SimTime lastGood_{};
    std::uint64_t good_{}, missed_{}, timeouts_{};
};

}  // namespace

int readCommand(const ReadArguments& arguments) {
    const auto input = readInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    catchStopSignals();
    const auto wire = IndicatorWire::open(arguments.place, input->profile);
    if (!wire) return complain(wire.error().text);
    fmt::print(stderr, "reading {}, {}\n", input->profile.title, (*wire)->name());
    if (!input->plateGiven && input->profile.fields.count("interval") == 0) {
        fmt::print(stderr, "its map does not tell d; --scale FILE takes it from the plate\n");
    }
    return Reader{*input, arguments, **wire}.run();
}

}  // namespace jh
