// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/scenario_bench.h"

#include "hil/cli/power_on.h"

namespace jh {

Expected<std::unique_ptr<ScenarioBench>, IoError> setUpBench(const Scenario& scenario,
                                                             const BenchOptions& options) {
    auto made = std::make_unique<ScenarioBench>();
    const Seeds seeds{scenario.seed, scenario.visit};
    Plant plant{scenario.scale, scenario.site, seeds, scenario.faults};
    plant.allowRest(options.allowRest);
    plant.allowNoise(scenario.noise);
    Ads1232Model adc;
    adc.rate_Hz = scenario.settings.conversionRate_Hz;
    if (!scenario.noise) adc.noise10Hz = adc.noise80Hz = Voltage{};
    std::unique_ptr<FirmwareHost> firmware;
    if (scenario.firmware && !scenario.firmware->emulated()) {
        return Unexpected<IoError>{IoError{IoError::Kind::refused,
                                           "a real board (`host: serial`) runs by the clock: "
                                           "`jianheng run`, or `jianheng conform` at its port"}};
    }
    if (scenario.firmware) {
        auto started = startFirmware(scenario, made->emulated, options.vcd, options.coverage);
        if (!started) {
            return Unexpected<IoError>{IoError{IoError::Kind::refused, started.error()}};
        }
        made->remote = started->get();
        firmware = std::move(*started);
        if (const auto& converter = scenario.firmware->board.converter) {
            adc.rate_Hz = converter->rate_Hz;
        }
    } else {
        firmware = std::make_unique<NativeHost>(
            powerOn(scenario.scale, scenario.settings, scenario.indicator, scenario.faults));
    }
    if (options.wrap) firmware = options.wrap(std::move(firmware));
    made->bench.emplace(std::move(plant), adc, std::move(firmware), seeds);
    made->bench->unit = scenario.scale.unit;
    return made;
}

}  // namespace jh
