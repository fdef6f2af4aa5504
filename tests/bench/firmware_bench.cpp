// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of emulated and native firmware in lock step with the plant, beside bare simavr with the
// same program in the same minute.  jh_firmware_bench FOLDER_OF_PROGRAMS
#include <fmt/format.h>
#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

#include <algorithm>
#include <chrono>
#include <cstdarg>
#include <filesystem>
#include <functional>
#include <string>

#include "hil/cli/run_scenario.h"
#include "hil/cli/scenario_bench.h"
#include "hil/scenario/load.h"
#include "sim/base/check.h"

namespace jh {
namespace {

double wall_s(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void row(const std::string& what, const std::string& figure, const std::string& beside = "") {
    fmt::print("{:<44}{:>16}   {}\n", what, figure, beside);
}

void silence(avr_t*, int, const char*, va_list) {}

/// simavr alone, with the settings that make it fastest; no converter hangs at it.
double bareSimavr_s(const std::string& program, SimTime simulated) {
    avr_global_logger_set(silence);
    elf_firmware_t firmware{};
    JH_CHECK(elf_read_firmware(program.c_str(), &firmware) == 0);
    avr_t* avr = avr_make_mcu_by_name("atmega328p");
    JH_CHECK(avr != nullptr);
    avr_init(avr);
    constexpr std::uint32_t clock_Hz = 16'000'000;
    avr->frequency = clock_Hz;
    avr->log = LOG_NONE;
    avr->sleep = [](avr_t*, avr_cycle_count_t) {};
    constexpr avr_cycle_count_t longRun = 16'000;
    avr->run_cycle_limit = longRun;
    for (std::uint8_t i = 0; i < 2; ++i) avr_extint_set_strict_lvl_trig(avr, i, 0);
    avr_load_firmware(avr, &firmware);
    std::uint32_t noTerminal = 0;
    avr_ioctl(avr, static_cast<std::uint32_t>(AVR_IOCTL_UART_SET_FLAGS('0')), &noTerminal);
    // DOUT is high: it waits for a conversion, as it does most of the time on the bench.
    constexpr int dout = 2;
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), dout), 1);
    const auto cycles = static_cast<avr_cycle_count_t>(simulated / 1us) * (clock_Hz / 1'000'000);
    const double spent_s = wall_s([&] {
        while (avr->cycle < cycles) avr_run(avr);
    });
    avr_terminate(avr);
    return spent_s;
}

Scenario scenarioOf(const std::string& more) {
    const std::string text =
        "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\n" + more;
    auto scenario = parseScenario(text, "bench.yaml", dataFolder());
    if (!scenario) fmt::print(stderr, "{}\n", scenario.error().front().text());
    JH_CHECK(scenario.has_value());
    return std::move(*scenario);
}

void benchAvr(const std::string& folder) {
    constexpr SimTime simulated = 20s;
    constexpr int times = 5;
    const std::string program = folder + "/hx711_plain.elf";
    const Scenario scenario = scenarioOf(
        "firmware: {board: {title: plain, host: avr, mcu: atmega328p, clock: 16000000 Hz, "
        "converter: {chip: hx711, rate: "
        "80 Hz, pins: {DOUT: PD2, PD_SCK: PD3}}, uart: {}}, image: " +
        program + "}\n");
    double bare_s = 1e9, step_s = 1e9;
    for (int i = 0; i < times; ++i) {
        bare_s = std::min(bare_s, bareSimavr_s(program, simulated));
        auto made = setUpBench(scenario);
        JH_CHECK(made.has_value());
        VirtualBench& bench = *(*made)->bench;
        step_s = std::min(step_s, wall_s([&] {
                              bench.advanceTo(simulated);
                              static_cast<void>((*made)->remote->figures());
                          }));
        JH_CHECK(!bench.firmware().lost());
    }
    row("AVR, busy, in lock step with the plant",
        fmt::format("{:.1f} x real", seconds(simulated) / step_s),
        fmt::format("bare simavr {:.1f} x, ratio {:.2f} (wanted: 0.8 or more)",
                    seconds(simulated) / bare_s, bare_s / step_s));
}

void benchVerification(const std::string& what, const std::string& firmware,
                       const std::string& wanted) {
    const Scenario scenario = scenarioOf(firmware);
    RunOutcome outcome;
    const double spent_s = wall_s([&] { outcome = runScenario(scenario, {}); });
    row("JJG 539 at 100 t, " + what,
        fmt::format("{:.0f} x real", seconds(outcome.simulated) / spent_s),
        fmt::format("{}, {:.0f} s in {:.2f} s{}", word(outcome.result.verdict),
                    seconds(outcome.simulated), spent_s, wanted));
}

}  // namespace
}  // namespace jh

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::string folder = std::filesystem::absolute(argv[1]).string();
    jh::benchAvr(folder);
    jh::benchVerification("inside the program", "", "");
    jh::benchVerification("native, own process",
                          "firmware: {board: boards/reference-native.yaml, image: " + folder +
                              "/reference-native.so, memory: works}\n",
                          " (wanted: 2000 x or more)");
    jh::benchVerification("ATmega1284P",
                          "firmware: {board: boards/reference-atmega1284p.yaml, image: " + folder +
                              "/reference-atmega1284p.elf, memory: works}\n",
                          "");
    jh::benchVerification("Cortex-M3 in QEMU",
                          "firmware: {board: boards/reference-cortexm3.yaml, image: " + folder +
                              "/reference-cortexm3.elf, memory: works}\n",
                          "");
    return 0;
}
