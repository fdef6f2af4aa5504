// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/regulation.h"

#include "sim/base/check.h"

namespace jh {

namespace {

Milli bandOf(const Regulation& regulation, ExactMass load, ExactMass e) {
    JH_CHECK(!regulation.mpeBands.empty());
    const MpeBand* band = &regulation.mpeBands.back();
    for (auto it = regulation.mpeBands.rbegin(); it != regulation.mpeBands.rend(); ++it) {
        if (load.abs() <= it->upTo_e * e) band = &*it;
    }
    return band->mpe;
}

}  // namespace

ExactMass maxPermissibleError(const Regulation& regulation, ExactMass load, ExactMass e) {
    constexpr int whole = 1000;
    return Milli{regulation.mpeFactor.value * bandOf(regulation, load, e).value / whole} * e;
}

ExactMass mpeOfTable(const Regulation& regulation, ExactMass load, ExactMass e) {
    return bandOf(regulation, load, e) * e;
}

}  // namespace jh
