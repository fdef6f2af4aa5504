// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/source_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "hil/scenario/json_text.h"

namespace jh {

namespace {

constexpr double perMilli = 1e3, perMillion = 1e6;

/// Without zeros at its end.
std::string decimals(double value, int places) {
    std::string text = fmt::format("{:.{}f}", value, places);
    if (places > 0) text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

/// Places behind the point so that the last one is worth at most `unit`.
int placesFor(double unit) {
    return std::max(0, static_cast<int>(std::ceil(-std::log10(unit))));
}

/// Two figures, up: an uncertainty must not shrink by being written down.
std::string twoFigures(double value) {
    if (!(value > 0.0)) return "0";
    const int places = 1 - static_cast<int>(std::floor(std::log10(value)));
    const double scale = std::pow(10.0, places);
    // What is whole but for the last bits of a double stays.
    constexpr double bits = 1e-9;
    return decimals(std::ceil(value * scale * (1.0 - bits)) / scale, std::max(0, places));
}

}  // namespace

std::vector<WrittenKey> calibrationKeys(const SourceCalibration& found, BridgeRatio step,
                                        const CalibrationOrigin& origin) {
    constexpr double hundredth = 0.01;
    constexpr int gainPlaces = 3;
    const int places = placesFor(step.si() * perMilli * hundredth);
    std::vector<WrittenKey> keys{
        {"offset", decimals(found.offset.si() * perMilli, places) + " mV/V"},
        {"gain_error", decimals(found.gainError * perMillion, gainPlaces) + " ppm"},
        {"offset_uncertainty", twoFigures(found.offsetUncertainty.si() * perMilli) + " mV/V"},
        {"gain_uncertainty", twoFigures(found.gainUncertainty * perMillion) + " ppm"},
        {"calibrated", origin.date}};
    if (!origin.by.empty()) keys.push_back({"calibrated_by", quoted(origin.by)});
    if (!origin.reference.empty()) keys.push_back({"reference", quoted(origin.reference)});
    return keys;
}

std::string yamlText(const std::vector<WrittenKey>& keys) {
    std::string text;
    for (const WrittenKey& k : keys) text += k.key + ": " + k.value + "\n";
    return text;
}

std::string withKeys(const std::string& profile, const std::vector<WrittenKey>& keys) {
    // Of a calibration that told more about itself too: the new one is by somebody else.
    const std::vector<std::string> replaced{"offset",           "gain_error", "offset_uncertainty",
                                            "gain_uncertainty", "calibrated", "calibrated_by",
                                            "reference"};
    std::istringstream lines{profile};
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        const std::string key = line.substr(0, line.find_first_of(": "));
        if (std::find(replaced.begin(), replaced.end(), key) == replaced.end()) text += line + "\n";
    }
    return text + yamlText(keys);
}

}  // namespace jh
