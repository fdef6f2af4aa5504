// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/native/shared_firmware.h"

#include <dlfcn.h>

#include <utility>

namespace jh {

namespace {

constexpr std::size_t mostState = 64U << 20U, mostNonvolatile = 1U << 20U;

std::string problemOf(const jh_firmware_api& api) {
    if (api.abi_version != JH_FIRMWARE_ABI_VERSION) {
        return "built for version " + std::to_string(api.abi_version) +
               " of jh_firmware.h; this bench has version " +
               std::to_string(JH_FIRMWARE_ABI_VERSION);
    }
    if (api.state_bytes == 0 || api.state_bytes > mostState) {
        return "state_bytes is " + std::to_string(api.state_bytes) + "; expected 1 to " +
               std::to_string(mostState);
    }
    if (api.comparable_bytes > api.state_bytes) return "comparable_bytes is above state_bytes";
    if (api.nonvolatile_bytes > mostNonvolatile) {
        return "nonvolatile_bytes is " + std::to_string(api.nonvolatile_bytes) +
               "; expected 0 to " + std::to_string(mostNonvolatile);
    }
    if (api.power_on == nullptr || api.conversion == nullptr || api.uart_receive == nullptr ||
        api.run == nullptr || api.wake_us == nullptr || api.uart_transmit == nullptr ||
        api.unrounded_mg == nullptr) {
        return "a function of jh_firmware_api is missing";
    }
    return {};
}

}  // namespace

std::string SharedFirmware::functionAt(const void* address) const {
    Dl_info where{};
    if (dladdr(address, &where) == 0 || where.dli_fbase != base) return {};
    const auto into = static_cast<const char*>(address) - static_cast<const char*>(base);
    return symbols.functionAt(static_cast<std::uint32_t>(into));
}

SharedFirmware loadShared(const std::string& path, FirmwareImage symbols, std::string& problem) {
    SharedFirmware firmware;
    firmware.symbols = std::move(symbols);
    void* object = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (object == nullptr) {
        problem = std::string{"no shared object for this machine: "} + dlerror();
        return firmware;
    }
    using Export = const jh_firmware_api* (*)();
    auto* exported = reinterpret_cast<Export>(dlsym(object, "jh_firmware"));
    if (exported == nullptr) {
        problem = "it exports no jh_firmware() (firmware-bridge/abi/jh_firmware.h)";
        return firmware;
    }
    firmware.api = exported();
    if (firmware.api == nullptr) {
        problem = "jh_firmware() returns nothing";
        return firmware;
    }
    problem = problemOf(*firmware.api);
    Dl_info where{};
    if (dladdr(reinterpret_cast<const void*>(exported), &where) != 0) {
        firmware.base = where.dli_fbase;
    }
    return firmware;
}

}  // namespace jh
