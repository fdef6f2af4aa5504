// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/site/gust_spectrum.h"

#include "sim/base/portable_math.h"

namespace jh {

namespace {

// Kaimal: n S / u*^2 = 200 f / (1 + 50 f)^(5/3), whose integral over ln n is 6 u*^2.
double kaimal(double f) {
    return 200.0 * f / portablePow(1.0 + 50.0 * f, 5.0 / 3.0) / 6.0;
}

// Davenport: n S / u*^2 = 4 x^2 / (1 + x^2)^(4/3), integral 6 u*^2.
double davenport(double x) {
    return 4.0 * x * x / portablePow(1.0 + x * x, 4.0 / 3.0) / 6.0;
}

// Von Karman: n S / variance = 4 y / (1 + 70.8 y^2)^(5/6).
double vonKarman(double y) {
    return 4.0 * y / portablePow(1.0 + 70.8 * y * y, 5.0 / 6.0);
}

}  // namespace

double gustEnergy(const WindModel& wind, double frequency_Hz) {
    const double wavesPerMetre = frequency_Hz / wind.speed.si();
    switch (wind.spectrum) {
        case GustSpectrum::kaimal:
            return kaimal(wavesPerMetre * wind.height.si());
        case GustSpectrum::davenport:
            return davenport(wavesPerMetre * 1200.0);
        case GustSpectrum::vonKarman:
            break;
    }
    return vonKarman(wavesPerMetre * wind.lengthScale.si());
}

double gustAdmittance(const WindModel& wind, double frequency_Hz) {
    const double reduced = 2.0 * frequency_Hz * wind.gustSize.si() / wind.speed.si();
    if (reduced == 0.0) return 1.0;
    const double damped = 1.0 + portablePow(reduced, 4.0 / 3.0);
    return 1.0 / (damped * damped);
}

}  // namespace jh
