// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/modbus_indicator.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/base/check.h"

namespace jh {

namespace {

/// A heartbeat that stands still for longer means that the values behind it are old.
constexpr SimTime heartbeatMayRest = 2s;

constexpr std::int64_t powerOfTen(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

Unexpected<IoError> protocolError(std::string text) {
    return Unexpected<IoError>{{IoError::Kind::protocol, std::move(text)}};
}

}  // namespace

ModbusIndicator::ModbusIndicator(const IndicatorProfile& profile, ModbusClient& client,
                                 Clock& clock, const ScaleModel& scale)
    : profile_{profile},
      client_{client},
      clock_{clock},
      scale_{scale},
      readingPlan_{planReading(profile, readingFields(profile))},
      decimals_{profile.decimals},
      one_{ExactMass::one(scale.unit)} {}

IoError ModbusIndicator::explained(const std::string& what, IoError error) const {
    const auto meaning = profile_.exceptions.find(error.exceptionCode);
    if (error.kind == IoError::Kind::exception && meaning != profile_.exceptions.end()) {
        error.text =
            fmt::format("{}: exception {:02}, {}", what, error.exceptionCode, meaning->second);
    } else {
        error.text = what + ": " + error.text;
    }
    return error;
}

Expected<RegisterImage, IoError> ModbusIndicator::fetch(const std::vector<RegisterBlock>& plan) {
    RegisterImage image{profile_};
    for (const RegisterBlock& block : plan) {
        auto words = client_.read(block.address, static_cast<int>(block.words.size()), block.table);
        if (!words) return Unexpected<IoError>{words.error()};
        image.add({block.table, block.address, std::move(*words)});
    }
    return image;
}

Expected<RegisterImage, IoError> ModbusIndicator::fetch(const std::vector<std::string>& names) {
    return fetch(planReading(profile_, names));
}

ExactMass ModbusIndicator::step() const {
    return one_.times(1, powerOfTen(decimals_));
}

std::optional<ExactMass> ModbusIndicator::mass(const RegisterImage& image,
                                               const std::string& name) const {
    const auto raw = image.raw(name, decimals_);
    if (!raw || (profile_.blank && *raw == *profile_.blank)) return std::nullopt;
    return one_.times(*raw, powerOfTen(decimals_));
}

Expected<Reading, IoError> ModbusIndicator::read() {
    if (auto waited = clock_.waitUntil(nextOn(readingGrid, clock_.now())); !waited) {
        return Unexpected<IoError>{waited.error()};
    }
    const SimTime at = clock_.now();
    const auto image = fetch(readingPlan_);
    if (!image) return Unexpected<IoError>{image.error()};
    if (auto alive = followHeartbeat(*image); !alive) return Unexpected<IoError>{alive.error()};
    auto reading = readingFrom(*image);
    if (reading) reading->at = at;
    if (auto waited = clock_.waitUntil(at + readingTakes); !waited) {
        return Unexpected<IoError>{waited.error()};
    }
    return reading;
}

Expected<std::optional<ExactMass>, IoError> ModbusIndicator::glance() {
    const auto image = fetch(readingPlan_);
    if (!image) return Unexpected<IoError>{image.error()};
    if (auto known = takeUnits(*image); !known) return Unexpected<IoError>{known.error()};
    return mass(*image, "gross");
}

Expected<void, IoError> ModbusIndicator::followHeartbeat(const RegisterImage& image) {
    const auto beat = image.raw("heartbeat");
    if (!beat) return {};
    if (beat != lastHeartbeat_) {
        lastHeartbeat_ = beat;
        heartbeatSince_ = clock_.now();
    }
    if (clock_.now() - heartbeatSince_ <= heartbeatMayRest) return {};
    return protocolError("its heartbeat stands still: the values are old");
}

/// Decimals and unit of the masses, as the registers tell them.
ModbusIndicator::Outcome ModbusIndicator::takeUnits(const RegisterImage& image) {
    if (image.holds("decimals")) {
        const std::string told = image.meaning("decimals");
        const auto [end, error] =
            std::from_chars(told.data(), told.data() + told.size(), decimals_);
        if (error != std::errc{} || end != told.data() + told.size() || decimals_ < 0 ||
            decimals_ > 6) {
            decimals_ = 0;
            return protocolError("impossible number of decimals: " + told);
        }
    }
    if (image.holds("unit")) {
        const std::string told = image.meaning("unit");
        const auto one = massUnitNamed(told);
        if (!one) return protocolError("it shows no unit of mass: " + told);
        one_ = *one;
    }
    return {};
}

Expected<Reading, IoError> ModbusIndicator::readingFrom(const RegisterImage& image) {
    Reading r;
    if (auto known = takeUnits(image); !known) return Unexpected<IoError>{known.error()};
    r.overload = image.bit("overload");
    r.underload = image.bit("underload");
    r.fault = image.bit("fault");
    const bool dark = r.overload || r.underload || r.fault || image.bit("no_weight");
    const bool net = image.bit("net");
    r.gross = mass(image, "gross");
    r.net = mass(image, "net");
    r.tare = mass(image, "tare");
    const auto displayed = mass(image, "displayed");
    if (!r.gross && !net) r.gross = displayed;
    if (!r.net) r.net = net ? displayed : r.gross;
    if (!r.tare && r.gross && r.net) r.tare = *r.gross - *r.net;

    const auto gross = image.raw("gross", decimals_);
    // Asked twice at one instant it is one reading.
    const bool again = clock_.now() < lastReadingAt_ + readingGrid;
    if (!gross || gross != lastGross_) equalReadings_ = 0;
    if (equalReadings_ == 0 || !again) {
        ++equalReadings_;
        lastReadingAt_ = clock_.now();
    }
    lastGross_ = gross;
    const auto told = [&](const char* name, bool otherwise) {
        const auto bit = profile_.statusBits.find(name);
        if (bit == profile_.statusBits.end()) return otherwise;
        return bit->second.observed > 0 ? equalReadings_ >= bit->second.observed : image.bit(name);
    };
    r.weightStable = told("stable", true) && !dark;
    r.centerOfZero = told("zero_centre", r.gross == ExactMass{});

    const auto code = image.raw("interval", decimals_);
    if (code && !profile_.fields.at("interval").values.empty()) {
        const std::string text = image.meaning("interval");
        const auto d = ExactMass::parseKg(text);
        if (!d) return protocolError("unknown code of the interval: " + text);
        r.interval = d->times(one_.inTenUg(), ExactMass::kg(1).inTenUg());
    } else if (code) {
        r.interval = one_.times(*code, powerOfTen(decimals_));
    } else {
        // Not told: as the plate says.
        r.interval = scale_.intervalAt(r.gross.value_or(ExactMass{}).abs());
    }
    if (profile_.statusBits.count("overload") == 0 && r.gross) {
        r.overload = *r.gross > scale_.max() + 9 * scale_.ranges.back().e;
    }
    if (dark || r.overload) r.gross = r.net = std::nullopt;
    return r;
}

Expected<IndicatorIdentity, IoError> ModbusIndicator::identify() {
    // One reading first: it tells the decimals of the masses.
    if (const auto reading = read(); !reading) return Unexpected<IoError>{reading.error()};
    IndicatorIdentity identity;
    const auto image =
        fetch({"type", "firmware", "serial", "checksum", "event_counter", "max", "interval_1"});
    if (!image) return Unexpected<IoError>{image.error()};
    const auto number = [&](const char* name) -> std::optional<std::uint32_t> {
        const auto raw = image->raw(name);
        if (!raw) return std::nullopt;
        return static_cast<std::uint32_t>(*raw);
    };
    identity.type = number("type");
    identity.firmware = number("firmware");
    identity.serial = number("serial");
    identity.parameterChecksum = number("checksum");
    identity.eventCounter = number("event_counter");
    identity.max = mass(*image, "max");
    identity.firstInterval = mass(*image, "interval_1");
    return identity;
}

Expected<void, IoError> ModbusIndicator::adjustSpan(ExactMass load) {
    return command("adjust_span", load.wholeParts(step()));
}

Expected<void, IoError> ModbusIndicator::seal() {
    if (profile_.commands.count("seal") == 0) return {};
    return command("seal", {});
}

}  // namespace jh
