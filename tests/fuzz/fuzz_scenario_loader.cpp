// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for hil/scenario/load.h; see CMakeLists.txt here.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/hil/scenario/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto read = jh::parseScenario(text, "fuzz.yaml", JH_SHIPPED "/verifications");
    if (!read) {
        if (read.error().empty()) std::abort();
        return 0;
    }
    if (const char* broken = jh::test::brokenPromise(*read)) {
        std::fprintf(stderr, "broken promise: %s\n", broken);
        std::abort();
    }
    return 0;
}
