// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/version.h"

#include "hil/report/version_numbers.h"

namespace jh {

const char* programVersion() {
    return JH_VERSION;
}
const char* programCommit() {
    return JH_COMMIT;
}

}  // namespace jh
