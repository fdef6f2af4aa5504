// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>

#include "hil/cli/console.h"
#include "hil/cli/reference_readings.h"
#include "hil/cli/source_driver.h"
#include "hil/cli/source_keys.h"
#include "hil/cli/typed_lines.h"
#include "hil/scenario/load.h"
#include "hil/scenario/text_file.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

struct CalibrationInput {
    SourceProfile profile;
    std::string profileText;
    std::vector<CalibrationPoint> sheet;  ///< of a file; empty: typed, or read back
    double referenceUncertainty{};
    SimTime settle{};
    std::vector<std::int64_t> steps;  ///< to drive through; none: all stands in the sheet
    CalibrationOrigin origin;
};

BridgeRatio askedFor(const SourceProfile& profile, std::int64_t steps) {
    return static_cast<double>(steps) * profile.step;
}

std::string signalText(BridgeRatio signal) {
    return fmt::format("{:.10g} mV/V", signal.si() * 1e3);
}

std::optional<double> parseFraction(const std::string& text) {
    const auto written = parseQuantity(text);
    const Unit* unit = written ? dimension::fraction.find(written->unit) : nullptr;
    if (unit == nullptr) return std::nullopt;
    const auto value = written->number.shifted(unit->power).toDouble();
    constexpr double most = 0.1;
    return value && *value >= 0.0 && *value <= most ? value : std::nullopt;
}

Expected<CalibrationInput, Diagnostics> readInput(const CalibrateSourceArguments& arguments) {
    CalibrationInput input;
    Diagnostics problems;
    const auto wrong = [&problems](const char* where, const std::string& found,
                                   const std::string& expected) {
        problems.push_back({where, 0, 0, found.empty() ? found : '"' + found + '"', expected, {}});
    };
    const auto collect = [&problems](const Diagnostics& more) {
        problems.insert(problems.end(), more.begin(), more.end());
    };
    const std::filesystem::path file = findDataFile(arguments.profile);
    const auto profile = loadSignalSource(file);
    if (!profile) collect(profile.error());
    if (profile) input.profile = *profile;
    if (const auto text = readTextFile(file); profile && text) input.profileText = *text;
    input.settle = input.profile.settling;

    const WirePlace& place = arguments.place;
    const bool drives = arguments.readings.empty();
    const bool reaches = !place.tcp.empty() || !place.rtu.empty() || !place.rtuOverTcp.empty();
    if (!drives && (reaches || arguments.readBack)) {
        wrong("calibrate-source", "",
              "--readings were taken before: nothing is driven, give neither an address nor "
              "--read-back");
    }
    if (const auto problem = problemOf(place); drives && !problem.empty()) {
        wrong("calibrate-source", "", problem + "; or --readings, taken earlier");
    }
    if (!arguments.referenceUncertainty.empty()) {
        const auto fraction = parseFraction(arguments.referenceUncertainty);
        if (!fraction) {
            wrong("--reference-uncertainty", arguments.referenceUncertainty,
                  "expected a part of the reading, at most 10 %, like 10 ppm or 0.001 %");
        }
        input.referenceUncertainty = fraction.value_or(0.0);
    }
    if (!arguments.settle.empty()) {
        const auto time = parseTime(arguments.settle);
        if (!time) wrong("--settle", arguments.settle, "expected a time, like 500 ms or 2 s");
        input.settle = time.value_or(SimTime{});
    }
    input.origin = {arguments.date, arguments.by, arguments.reference};
    if (arguments.date.empty()) {
        input.origin.date = fmt::format("{:%Y-%m-%d}", fmt::localtime(std::time(nullptr)));
    } else if (!parseDate(arguments.date)) {
        wrong("--date", arguments.date, "expected a date of the calendar, as 2026-03-10");
    }
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};

    if (drives) {
        input.steps = calibrationSteps(input.profile, arguments.points);
        return input;
    }
    const auto text = readTextFile(arguments.readings);
    if (!text) return Unexpected<Diagnostics>{Diagnostics{text.error()}};
    auto sheet = parseReadings(*text, arguments.readings);
    if (!sheet) return Unexpected<Diagnostics>{sheet.error()};
    input.sheet = std::move(*sheet);
    return input;
}

/// A reading that no calibration could come to, as in another unit.
bool absurd(const SourceProfile& profile, const CalibrationPoint& point) {
    constexpr double tenth = 0.1;
    const BridgeRatio range = profile.most - profile.least;
    return std::abs((point.read - point.asked).si()) > tenth * range.si();
}

std::string absurdText(const CalibrationPoint& point) {
    return fmt::format("{} read for {}: more than a tenth of the range off; is it in mV/V?",
                       signalText(point.read), signalText(point.asked));
}

/// Asks a person what the reference reads. Nothing: the point before is to be read again.
Expected<std::optional<BridgeRatio>, IoError> typedReading(TypedLines& lines,
                                                           const SourceProfile& profile,
                                                           const std::string& which,
                                                           BridgeRatio asked) {
    for (;;) {
        fmt::print(stderr, "{}  {:>16}   reference reads, mV/V: ", which, signalText(asked));
        static_cast<void>(std::fflush(stderr));
        const auto line = lines.next();
        if (!line) return Unexpected<IoError>{line.error()};
        if (*line == "back") return std::nullopt;
        const auto read = parseSignal(*line);
        if (!read) {
            fmt::print(stderr,
                       "\"{}\" is no reading: expected 1.00002, 1.00002 mV/V, 0.00100002 V/V, or "
                       "back to read the point before again\n",
                       *line);
        } else if (absurd(profile, {asked, *read})) {
            fmt::print(stderr, "{}\n", absurdText({asked, *read}));
        } else {
            return read;
        }
    }
}

/// Drives through all points and takes what the reference reads.
Expected<std::vector<CalibrationPoint>, IoError> driveThrough(const CalibrationInput& input,
                                                              bool readBack, SourceDriver& source) {
    std::vector<CalibrationPoint> points;
    TypedLines lines{stopSignalled};
    while (points.size() < input.steps.size()) {
        const std::size_t i = points.size();
        if (auto set = source.set(input.steps[i], input.settle); !set) {
            return Unexpected<IoError>{set.error()};
        }
        const BridgeRatio asked = askedFor(input.profile, input.steps[i]);
        const std::string which = fmt::format("{:>3}/{}", i + 1, input.steps.size());
        std::optional<BridgeRatio> read;
        if (readBack) {
            const auto back = source.readBack();
            if (!back) return Unexpected<IoError>{back.error()};
            read = *back;
        } else {
            const auto typed = typedReading(lines, input.profile, which, asked);
            if (!typed) return Unexpected<IoError>{typed.error()};
            read = *typed;
        }
        if (read) {
            points.push_back({asked, *read});
        } else if (!points.empty()) {
            points.pop_back();
        }
    }
    return points;
}

std::string report(const std::vector<CalibrationPoint>& points, const SourceCalibration& found) {
    constexpr double mV = 1e3, nV = 1e9, ppm = 1e6;
    std::string text =
        fmt::format("{:>16} {:>18} {:>16}\n", "asked mV/V", "read mV/V", "residual nV/V");
    for (std::size_t i = 0; i < points.size(); ++i) {
        text += fmt::format("{:>16.8f} {:>18.8f} {:>16.3f}\n", points[i].asked.si() * mV,
                            points[i].read.si() * mV, found.residuals[i].si() * nV);
    }
    text += fmt::format(
        "offset      {:.3f} nV/V, standard uncertainty {:.3f} nV/V\n"
        "gain error  {:.3f} ppm, standard uncertainty {:.3f} ppm\n"
        "scatter     {:.3f} nV/V about the line, {} degrees of freedom\n"
        "hysteresis  {:.3f} nV/V at most, down less up\n",
        found.offset.si() * nV, found.offsetUncertainty.si() * nV, found.gainError * ppm,
        found.gainUncertainty * ppm, found.scatter.si() * nV, points.size() - 2,
        found.hysteresis.si() * nV);
    return text;
}

/// The profile with the keys found, whether or not it can be put together by lines.
int writeProfile(const CalibrationInput& input, const std::vector<WrittenKey>& keys,
                 const std::string& out) {
    const std::string text = withKeys(input.profileText, keys);
    if (const auto again = parseSignalSource(text, out); !again) {
        print(again.error());
        return complain(out + " was not written: put the keys above into the profile by hand");
    }
    return deliver(out, text);
}

int conclude(const CalibrationInput& input, const CalibrateSourceArguments& arguments,
             const std::vector<CalibrationPoint>& points, std::optional<SimTime> settling) {
    const auto undecided = [](const std::string& why) {
        fmt::print(stderr, "jianheng: {}\n", why);
        return static_cast<int>(exitInvalid);
    };
    for (const CalibrationPoint& point : points) {
        if (absurd(input.profile, point)) return undecided(absurdText(point));
    }
    const auto found = fitCalibration(points, input.referenceUncertainty);
    if (!found) return undecided(found.error());
    fmt::print("{}", report(points, *found));
    if (settling) {
        fmt::print("settling    {:.1f} ms, the way to the source included\n",
                   seconds(*settling) * 1e3);
    }
    if (arguments.referenceUncertainty.empty() && !arguments.readBack) {
        fmt::print(stderr,
                   "--reference-uncertainty was not given: gain_uncertainty holds the scatter "
                   "only\n");
    }
    const auto keys = calibrationKeys(*found, input.profile.step, input.origin);
    fmt::print("\n{}", yamlText(keys));
    static_cast<void>(std::fflush(stdout));
    return arguments.out.empty() ? static_cast<int>(exitPass)
                                 : writeProfile(input, keys, arguments.out);
}

int calibrateDriven(const CalibrationInput& input, const CalibrateSourceArguments& arguments) {
    auto source = SourceDriver::open(arguments.place, input.profile, stopSignalled);
    if (!source) return complain(source.error().text);
    fmt::print(stderr, "calibrating {}, {}: {} points up and down\n", input.profile.title,
               (*source)->name(), input.steps.size());
    std::optional<SimTime> settling;
    Expected<std::vector<CalibrationPoint>, IoError> points;
    if (arguments.readBack) {
        const auto measured = (*source)->measureSettling();
        if (measured) settling = *measured;
        if (!measured) points = Unexpected<IoError>{measured.error()};
    }
    if (points) points = driveThrough(input, arguments.readBack, **source);
    const bool safe = (*source)->driveSafe();
    const std::string left =
        safe ? fmt::format("the source was driven to {}", signalText(input.profile.safe))
             : fmt::format("the source could NOT be driven to {}: take it off by hand",
                           signalText(input.profile.safe));
    fmt::print(stderr, "{}\n", left);
    if (!points) {
        const bool stopped = points.error().kind == IoError::Kind::interrupted;
        const int code = complain((*source)->name() + ": " + points.error().text);
        return stopped ? static_cast<int>(exitInterrupted) : code;
    }
    const int code = conclude(input, arguments, *points, settling);
    return safe ? code : static_cast<int>(exitDevice);
}

}  // namespace

int calibrateSourceCommand(const CalibrateSourceArguments& arguments) {
    const auto input = readInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    catchStopSignals();
    if (input->steps.empty()) return conclude(*input, arguments, input->sheet, std::nullopt);
    return calibrateDriven(*input, arguments);
}

}  // namespace jh
