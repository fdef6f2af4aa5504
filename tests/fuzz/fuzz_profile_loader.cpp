// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target for profiles of indicators. A text is refused with at least one problem, or the
// profile can be used: its plan stays within the limits of the family, its simulated half answers
// every request of that plan, and the client half reads it and commands it without harm.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "hil/driver/modbus_indicator.h"
#include "hil/indicator/simulated_station.h"
#include "hil/scenario/load.h"
#include "tests/support/direct_client.h"
#include "tests/support/indicator_rig.h"

namespace {

using namespace jh;

void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

const std::filesystem::path& file() {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        ("fuzz_profile_" + std::to_string(::getpid()) + ".yaml");
    return path;
}

/// The scale that the indicator is told it hangs on.
const ScaleModel& scale() {
    static const ScaleModel model = [] {
        auto read = loadScale(JH_SHIPPED "/scales/100t-18x3-8c.yaml");
        promise(read.has_value(), "the scale is there");
        return *read;
    }();
    return model;
}

void use(const IndicatorProfile& profile) {
    test::IndicatorRig rig;
    SimulatedStation station{profile, rig.core, [&] { return rig.now(); }};
    test::DirectClient client{station};
    for (RegisterBlock& block : planReading(profile, readingFields(profile))) {
        promise(!block.words.empty(), "no empty request");
        promise(static_cast<int>(block.words.size()) <= profile.mostRead, "the limit for reading");
        promise(block.end() <= 65'536, "addresses end at 65535");
        promise(station.read(block.table, block.address, block.words) == ModbusException::none,
                "what is planned can be read");
    }
    ModbusIndicator indicator{profile, client, rig, scale()};
    (void)indicator.identify();
    (void)indicator.read();
    for (const auto& [name, rule] : profile.commands) (void)indicator.command(name, 20'000);
    (void)indicator.read();
}

}  // namespace

// The name is libFuzzer's.  NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::ofstream{file(), std::ios::binary}.write(reinterpret_cast<const char*>(data),
                                                  static_cast<std::streamsize>(size));
    const auto profile = loadIndicator(file());
    if (profile) {
        use(*profile);
    } else {
        promise(!profile.error().empty(), "a refusal says why");
    }
    return 0;
}
