// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/regulation.h"

#include "sim/base/check.h"

namespace jh {

ExactMass maxPermissibleError(const Regulation& regulation, ExactMass load, ExactMass e) {
    JH_CHECK(!regulation.mpeBands.empty());
    const MpeBand* band = &regulation.mpeBands.back();
    for (auto it = regulation.mpeBands.rbegin(); it != regulation.mpeBands.rend(); ++it) {
        if (load.abs() <= it->upTo_e * e) band = &*it;
    }
    return Milli{regulation.mpeFactor.value * band->mpe.value / 1000} * e;
}

}  // namespace jh
