// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/connect_socket.h"
#include "hil/scenario/describe.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, CharacterFormat>> formatNames{
    {"8E1", CharacterFormat::e81},
    {"8O1", CharacterFormat::o81},
    {"8N2", CharacterFormat::n82},
    {"8N1", CharacterFormat::n81}};

/// As manuals number registers.
constexpr int lastNumber = 465'536;

void describePlace(Fields& fields, DevicePlace& place) {
    fields.later("rtu", place.rtu, {});
    fields.later("tcp", place.tcp, {});
    fields.later("rtu_over_tcp", place.rtuOverTcp, {});
    fields.value("baud", place.baud, dimension::number, 1200, 115'200);
    fields.value("format", place.format, formatNames);
    fields.value("unit", place.unit, dimension::number, 0, 255);
    if (!fields.sound({"rtu", "tcp", "rtu_over_tcp"}) || !fields.reading()) return;
    const int given =
        int{!place.rtu.empty()} + int{!place.tcp.empty()} + int{!place.rtuOverTcp.empty()};
    if (given != 1) {
        fields.problem("rtu",
                       "expected either `rtu`, a serial device, or an address as `tcp` or "
                       "`rtu_over_tcp`");
        return;
    }
    for (const auto& [key, text] :
         {std::pair{"tcp", place.tcp}, {"rtu_over_tcp", place.rtuOverTcp}}) {
        if (text.empty() || parseHostAddress(text)) continue;
        fields.problem(key, "expected an address and a port, like 192.168.0.100:502");
    }
}

void describeBenchSource(Fields& fields, BenchSource& source, PartReader& parts) {
    fields.need({"signal_source", "place"});
    parts.read(fields, "signal_source", source.profile, describeSignalSource);
    fields.value("place", source.place, describePlace);
}

}  // namespace

void describeBench(Fields& fields, BenchModel& bench, PartReader& parts) {
    fields.need({"indicator"});
    fields.value("indicator", bench.indicator, describePlace);
    if (fields.has("source")) bench.source.emplace();
    if (bench.source) {
        parts.read(fields, "source", *bench.source, describeBenchSource);
    } else if (fields.reading()) {
        fields.at("source");
    }
    fields.later("patience", bench.patience, SimTime{10s}, SimTime{}, SimTime{10min});
    fields.value("period", bench.period, SimTime{100us}, SimTime{100ms});
    fields.value("lateness_budget", bench.latenessBudget, SimTime{10us}, SimTime{1s});
    fields.value("missed_budget", bench.missedBudget, dimension::fraction, Range{0.0, 1.0});
}

void describeSignalSource(Fields& fields, SourceProfile& profile) {
    using Type = RegisterField::Type;
    const std::vector<std::pair<std::string, Type>> types{
        {"u16", Type::u16}, {"i16", Type::i16}, {"u32", Type::u32}, {"i32", Type::i32}};
    constexpr Range ratios{-0.1, 0.1};
    const auto describeOutput = [&types](Fields& inner, RegisterField& field) {
        inner.need({"address", "type"});
        inner.value("address", field.address, dimension::number, 0, lastNumber);
        inner.value("type", field.type, types);
    };
    fields.need({"title", "output", "step", "most"});
    fields.value("title", profile.title);
    fields.later("sources", profile.sources, {});
    fields.later("source", profile.source, {});
    fields.value("station", profile.station, dimension::number, 1, 247);
    fields.value("baud", profile.baud, dimension::number, 1200, 115'200);
    fields.value("reply_timeout", profile.replyTimeout, SimTime{10ms}, SimTime{60s});
    fields.later("functions", profile.functions, {3, 16}, dimension::number, 1, 16);
    fields.later("low_word_first", profile.lowWordFirst, false);
    fields.later("first_number", profile.firstHolding, 0, dimension::number, 0, lastNumber);
    if (!fields.reading()) profile.output.address += profile.firstHolding;
    fields.value("output", profile.output, describeOutput);
    profile.output.address -= profile.firstHolding;
    fields.value("step", profile.step, Range{1e-13, 1e-3});
    fields.value("least", profile.least, ratios);
    fields.value("most", profile.most, ratios);
    fields.value("safe", profile.safe, ratios);
    fields.value("settling", profile.settling, SimTime{}, SimTime{60s});
    fields.value("ratiometric", profile.ratiometric);
    fields.value("offset", profile.offset, ratios);
    fields.value("gain_error", profile.gainError, dimension::fraction, Range{-0.1, 0.1});
    fields.value("gain_uncertainty", profile.gainUncertainty, dimension::fraction, Range{0.0, 0.1});
    fields.later("offset_uncertainty", profile.offsetUncertainty, BridgeRatio{}, Range{0.0, 0.1});
    fields.later("calibrated", profile.calibrated, {});
    fields.later("calibrated_by", profile.calibratedBy, {});
    fields.later("reference", profile.reference, {});
    fields.value("gain_drift", profile.gainDrift_per_K, dimension::fractionPerKelvin,
                 Range{0.0, 1e-2});
    if (fields.reading() || !profile.ratiometric) {
        fields.value("excitation_drift", profile.excitationDrift_per_K,
                     dimension::fractionPerKelvin, Range{0.0, 1e-2});
    }
    fields.later("temperature_span", profile.temperatureSpan_K, 0.0,
                 dimension::temperatureDifference, Range{0.0, 100.0});
    if (fields.sound({"calibrated"}) && !profile.calibrated.empty() &&
        !parseDate(profile.calibrated)) {
        fields.problem("calibrated", "expected a date of the calendar, as 2026-03-10");
    }
    if (fields.sound({"ratiometric"}) && !profile.ratiometric && !fields.has("excitation_drift")) {
        fields.problem("ratiometric",
                       "a source that does not follow the excitation needs `excitation_drift`, as "
                       "25 ppm/K: how far the indicator's excitation moves in a kelvin");
    }
    if (!fields.reading() || !fields.sound({"least", "most", "safe", "output"})) return;
    if (profile.output.address < 0) fields.problem("output.address", "lies before the first one");
    if (profile.most <= profile.least) fields.problem("most", "expected more than `least`");
    if (profile.safe < profile.least || profile.safe > profile.most) {
        fields.problem("safe", "lies beyond what the source can give");
    }
}

}  // namespace jh
