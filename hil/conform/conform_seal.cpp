// SPDX-License-Identifier: GPL-3.0-or-later
// What the seal protects, without its key and with a wrong one; and the high resolution, which goes
// by itself.
#include <fmt/format.h>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

/// A command by somebody whose profile says otherwise; whether it was taken.
void refusedTo(ConformBench& bench, const std::string& tried, const IndicatorProfile& other,
               const std::string& command) {
    ModbusIndicator stranger{other, bench.modbus, bench.clock, bench.scale};
    if (!stranger.read()) return bench.notTried(tried, "it cannot be read");
    const auto done = stranger.command(command, {});
    if (!done && done.error().kind == IoError::Kind::disconnected) return bench.lose(done.error());
    bench.add(done ? ConformVerdict::differs : ConformVerdict::ok, tried, "refused",
              "R 76-1 4.1.2.4", done ? "taken" : done.error().text);
}

void adjustment(ConformBench& bench) {
    const auto adjust = bench.profile.commands.find("adjust_zero");
    if (adjust == bench.profile.commands.end() || adjust->second.first.empty()) {
        return bench.notTried("adjusting while sealed", "this family has no key on the wire");
    }
    if (bench.profile.commands.count("seal") != 0) {
        if (const auto sealed = bench.indicator.command("seal", {}); !sealed) {
            return bench.notTried("adjusting while sealed", sealed.error().text);
        }
    }
    IndicatorProfile other = bench.profile;
    other.commands.at("adjust_zero").first.clear();
    refusedTo(bench, "adjusting zero while sealed", other, "adjust_zero");
    const std::string& key = adjust->second.first.front();
    CommandRule& unlock = other.commands.at(key);
    if (bench.lost()) return;
    if (!unlock.value) return bench.notTried("a wrong key", "this family has none");
    ++*unlock.value;
    refusedTo(bench, fmt::format("unlocking with {} in place of the key", *unlock.value), other,
              key);
}

void parameters(ConformBench& bench) {
    for (const auto& [name, field] : bench.profile.fields) {
        if (!field.sealed || bench.lost()) continue;
        const auto words = bench.modbus.read(field.address, field.words(), field.table);
        const std::string tried = fmt::format("writing the sealed {} with its own value", name);
        if (!words) {
            bench.notTried(tried, words.error().text);
            continue;
        }
        const auto sent = bench.modbus.write(field.address, *words);
        if (!sent && sent.error().kind == IoError::Kind::disconnected) {
            return bench.lose(sent.error());
        }
        bench.add(sent ? ConformVerdict::differs : ConformVerdict::ok, tried, "refused",
                  "R 76-1 4.1.2.4", sent ? "taken" : sent.error().text);
    }
}

/// Tenths of an interval may be seen for 5 s after a command, and not without (R 76-1 4.4.3).
void highResolution(ConformBench& bench) {
    const auto field = bench.profile.fields.find("high_resolution");
    if (field == bench.profile.fields.end() || !bench.profile.blank) return;
    const auto seen = [&] {
        const auto words =
            bench.modbus.read(field->second.address, field->second.words(), field->second.table);
        RegisterImage image{bench.profile};
        if (words) image.add({field->second.table, field->second.address, *words});
        return image.raw("high_resolution").value_or(*bench.profile.blank) != *bench.profile.blank;
    };
    const auto judge = [&](const char* tried, bool wanted) {
        const bool found = seen();
        bench.add(found == wanted ? ConformVerdict::ok : ConformVerdict::differs, tried,
                  wanted ? "shown" : "dark", "R 76-1 4.4.3", found ? "shown" : "dark");
    };
    judge("high resolution without a command", false);
    if (bench.profile.commands.count("high_resolution") == 0) return;
    if (const auto done = bench.indicator.command("high_resolution", {}); !done) {
        return bench.notTried("high resolution on command", done.error().text);
    }
    constexpr SimTime most = 5s;
    if (!bench.clock.waitUntil(bench.clock.now() + most)) return;
    judge("high resolution 5 s after the command has ended", false);
}

}  // namespace

void conformSeal(ConformBench& bench) {
    bench.section("Seal");
    if (!bench.options.write) {
        return bench.notTried("what is sealed", "it might be taken: --write");
    }
    adjustment(bench);
    if (!bench.lost()) parameters(bench);
    if (!bench.lost()) highResolution(bench);
}

}  // namespace jh
