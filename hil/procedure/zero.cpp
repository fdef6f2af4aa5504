// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

namespace jh {

/// Accuracy of zero-setting: zero is set, then the error is found at 10 e, where zero tracking has
/// no business (R 76-1 A.4.2.3).
void testZero(Bench& bench, Results& results, Carry&) {
    bench.bring({});
    bench.zero();
    results.record(bench.zeroError(),
                   bench.regulation().zeroAccuracy * bench.scale().firstInterval());
}

/// Zero before and after the weighing series, with the 10 e on the receptor throughout.
void testZeroReturn(Bench& bench, Results& results, Carry& carry) {
    if (!carry.zeroReturn) throw TestNotPossible{"the weighing series did not come to its end"};
    results.record(*carry.zeroReturn,
                   bench.regulation().zeroReturn * bench.scale().firstInterval());
}

}  // namespace jh
