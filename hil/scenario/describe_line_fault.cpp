// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe_line_fault.h"

#include <fmt/format.h>

#include <algorithm>

namespace jh {

namespace {

using namespace line_fault;

constexpr int lastStation = 255;
constexpr int largestFrame = 260;
constexpr int lastFunction = 127;
constexpr SimTime longestPause{60s}, longestSpan{24h};

const std::vector<std::pair<std::string, RandomTime::Shape>> shapeNames{
    {"fixed", RandomTime::Shape::fixed},
    {"uniform", RandomTime::Shape::uniform},
    {"normal", RandomTime::Shape::normal},
    {"exponential", RandomTime::Shape::exponential}};

const std::vector<std::pair<std::string, CharacterFormat>> formatNames{
    {"8E1", CharacterFormat::e81},
    {"8O1", CharacterFormat::o81},
    {"8N2", CharacterFormat::n82},
    {"8N1", CharacterFormat::n81}};

void describe(Fields& fields, LateReply& fault) {
    RandomTime& delay = fault.delay;
    fields.need({"delay"});
    fields.value("delay", delay.mean, SimTime{}, longestPause);
    fields.value("spread", delay.spread, SimTime{}, longestPause);
    fields.value("shape", delay.shape, shapeNames);
    if (!fields.sound({"spread", "shape"})) return;
    const bool spreads =
        delay.shape == RandomTime::Shape::uniform || delay.shape == RandomTime::Shape::normal;
    if (spreads == (delay.spread > SimTime{})) return;
    fields.problem("spread", spreads ? "is missing: how far from `delay`?"
                                     : "belongs to `shape: uniform` and `shape: normal`");
}

void describe(Fields& fields, WrongId& fault) {
    fields.value("plus", fault.plus, dimension::number, -lastStation, lastStation);
}

void describe(Fields& fields, Truncated& fault) {
    fields.value("missing", fault.missingBytes, dimension::number, 1, largestFrame);
}

void describe(Fields& fields, Split& fault) {
    fields.need({"pause"});
    fields.value("after", fault.afterBytes, dimension::number, 1, largestFrame);
    fields.value("pause", fault.pause, SimTime{}, longestPause);
}

void describe(Fields& fields, Duplicated& fault) {
    fields.value("pause", fault.pause, SimTime{}, longestPause);
}

void describe(Fields& fields, BitErrors& fault) {
    fields.value("rate", fault.rate, dimension::number, Range{0.0, 1.0});
}

void describe(Fields& fields, NoiseBytes& fault) {
    fields.value("count", fault.count, dimension::number, 1, largestFrame);
    fields.value("pause", fault.pause, SimTime{}, longestPause);
}

void describe(Fields& fields, WrongFunction& fault) {
    fields.value("plus", fault.plus, dimension::number, 1, lastFunction);
}

void describe(Fields& fields, Disconnect& fault) {
    fields.need({"away"});
    fields.value("away", fault.away, SimTime{}, longestSpan);
    fields.value("every", fault.every, SimTime{}, longestSpan);
}

void describe(Fields& fields, WrongBaud& fault) {
    constexpr int slowest = 300, fastest = 921'600;
    fields.value("sent", fault.sentBaud, dimension::number, slowest, fastest);
    fields.value("heard", fault.heardBaud, dimension::number, slowest, fastest);
    fields.value("format", fault.format, formatNames);
}

/// Those without sizes.
template <class Plain>
void describe(Fields&, Plain&) {
    static_assert(std::is_empty_v<Plain>, "a fault with sizes needs its own description");
}

template <class... T>
const std::vector<LineFaultKind>& oneOfEach(const std::variant<T...>&) {
    static const std::vector<LineFaultKind> fresh{T{}...};
    return fresh;
}

const std::vector<LineFaultKind>& kinds() {
    return oneOfEach(LineFaultKind{});
}

void describeSizes(Fields& fields, LineFaultKind& kind) {
    std::visit([&](auto& what) { describe(fields, what); }, kind);
}

/// Keys of a kind that nobody knows belong to one of those that are.
void acceptAnySize(Fields& fields) {
    for (LineFaultKind kind : kinds()) {
        TreeNode written;
        std::vector<Parameter> sizes;
        Fields listing{Place{&written, &sizes}};
        describeSizes(listing, kind);
        for (const Parameter& size : sizes) fields.at(size.key);
    }
}

void describeStation(Fields& fields, std::optional<int>& station) {
    if (fields.has("station")) station.emplace();
    if (station) {
        fields.value("station", *station, dimension::number, 0, lastStation);
    } else if (fields.reading()) {
        fields.at("station");
    }
}

}  // namespace

const std::vector<std::string>& lineFaultKindNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made;
        for (const LineFaultKind& kind : kinds()) made.emplace_back(name(kind));
        return made;
    }();
    return names;
}

void describeLineFault(Fields& fields, LineFault& fault) {
    std::vector<std::pair<std::string, std::size_t>> choices;
    for (const std::string& kind : lineFaultKindNames()) choices.emplace_back(kind, choices.size());
    fields.need({"kind"});
    std::size_t kind = fault.what.index();
    fields.value("kind", kind, choices);
    if (fields.reading()) fault.what = kinds().at(kind);
    describeStation(fields, fault.station);
    fields.value("from", fault.from, SimTime{}, longestSpan);
    if (fields.reading() || fault.until != SimTime::max()) {
        fields.value("until", fault.until, SimTime{}, longestSpan);
    }
    fields.later("share", fault.share, 1.0, dimension::fraction, Range{0.0, 1.0});
    // What else belongs there depends on the kind.
    const bool unknown = fields.reading() && (!fields.has("kind") || !fields.sound({"kind"}));
    if (unknown) return acceptAnySize(fields);
    describeSizes(fields, fault.what);
}

void checkLineFaults(const Fields& fields, const std::vector<LineFault>& faults,
                     const std::vector<LineWire>& wires) {
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const std::string place = fmt::format("line_faults[{}]", i);
        if (!fields.sound({place.c_str()})) continue;
        std::vector<std::string> fewest;
        for (const LineWire wire : wires) {
            const auto problems = problemsOf(faults[i], wire);
            if (wire == wires.front() || problems.size() < fewest.size()) fewest = problems;
        }
        for (const std::string& problem : fewest) fields.problem(place, problem);
    }
}

}  // namespace jh
