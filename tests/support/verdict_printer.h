// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ostream>

#include "hil/procedure/record.h"

namespace jh {

inline std::ostream& operator<<(std::ostream& os, Verdict verdict) {
    return os << word(verdict);
}

}  // namespace jh
