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

}  // namespace jh
