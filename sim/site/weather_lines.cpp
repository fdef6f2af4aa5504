// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string>

#include "sim/base/noise.h"
#include "sim/base/portable_math.h"
#include "sim/site/gust_spectrum.h"
#include "sim/site/weather.h"

namespace jh {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr int gustLineCount = 40;
constexpr double slowestGust_Hz = 1e-3, fastestGust_Hz = 10.0;
constexpr int linesPerBand = 7;

/// Energy between two frequencies, by Simpson's rule in ln n.
double energyBetween(const WindModel& wind, double fromLn, double toLn) {
    constexpr int halves = 8;  // the spectra are smooth over a fraction of an octave
    const double h = (toLn - fromLn) / (2 * halves);
    double sum = 0.0;
    for (int i = 0; i <= 2 * halves; ++i) {
        const double n_Hz = portableExp(fromLn + i * h);
        const double value = gustEnergy(wind, n_Hz) * gustAdmittance(wind, n_Hz);
        sum += (i == 0 || i == 2 * halves ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * value;
    }
    return sum * h / 3.0;
}

}  // namespace

std::vector<Harmonic> gustLines(const WindModel& wind, std::uint64_t seed) {
    if (wind.speed.si() == 0.0 || wind.turbulence == 0.0) return {};
    NoiseStream luck{seed, "gusts"};
    const double deviation_m_s = wind.turbulence * wind.speed.si();
    const double leastLn = portableLog(slowestGust_Hz);
    const double stepLn = (portableLog(fastestGust_Hz) - leastLn) / gustLineCount;
    std::vector<Harmonic> lines;
    for (int k = 0; k < gustLineCount; ++k) {
        const double fromLn = leastLn + k * stepLn;
        Harmonic line;
        // Somewhere in its part, so that the whole does not repeat.
        line.frequency_Hz = portableExp(fromLn + stepLn * luck.uniform());
        line.phaseInTurns = luck.uniform();
        line.amplitude =
            deviation_m_s * std::sqrt(2.0 * energyBetween(wind, fromLn, fromLn + stepLn));
        lines.push_back(line);
    }
    return lines;
}

std::vector<Harmonic> shakingLines(const std::vector<VibrationBand>& bands, std::uint64_t seed) {
    std::vector<Harmonic> lines;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const VibrationBand& band = bands[i];
        if (band.speed.si() == 0.0) continue;
        NoiseStream luck{seed, "vibration " + std::to_string(i)};
        const int count = band.relativeWidth > 0.0 ? linesPerBand : 1;
        for (int k = 0; k < count; ++k) {
            const double aside = count > 1 ? (k + luck.uniform()) / count - 0.5 : 0.0;
            Harmonic line;
            line.frequency_Hz = band.frequency_Hz * (1.0 + band.relativeWidth * aside);
            // Together they have the energy of one tone of the band's speed.
            line.amplitude =
                2.0 * pi * line.frequency_Hz * band.speed.si() / std::sqrt(double(count));
            line.phaseInTurns = luck.uniform();
            lines.push_back(line);
        }
    }
    return lines;
}

}  // namespace jh
