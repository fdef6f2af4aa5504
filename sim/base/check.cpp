// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace jh {

void checkFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "jianheng: internal error: %s is false (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace jh
