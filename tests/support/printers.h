// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <ostream>

#include "hil/port/io_error.h"
#include "sim/base/exact_mass.h"

// What Boost.Test prints when a comparison fails.
namespace jh {

inline std::ostream& operator<<(std::ostream& os, ExactMass m) {
    return os << m.kgText() << " kg";
}

inline std::ostream& operator<<(std::ostream& os, const std::optional<ExactMass>& m) {
    return m ? os << *m : os << "no mass";
}

inline std::ostream& operator<<(std::ostream& os, IoError::Kind kind) {
    static constexpr const char* names[] = {"timeout",   "disconnected", "protocol",
                                            "exception", "refused",      "interrupted"};
    return os << names[static_cast<int>(kind)];
}

}  // namespace jh
