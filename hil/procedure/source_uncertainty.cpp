// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/source_uncertainty.h"

#include <cmath>

namespace jh {

Mass SourceUncertainty::resolution() const {
    return step / std::sqrt(12.0);
}

Mass SourceUncertainty::standardAt(Mass load) const {
    const double relative = std::sqrt(gain * gain + drift * drift + excitation * excitation);
    return Mass{std::hypot(resolution().si(), relative * load.si())};
}

}  // namespace jh
