// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/describe_suite.h"

#include <charconv>

namespace jh {

namespace {

/// "1..20"
std::optional<std::vector<std::uint64_t>> parseSeeds(const std::string& text) {
    constexpr std::uint64_t most = 100'000;
    const std::size_t dots = text.find("..");
    if (dots == text.npos) return std::nullopt;
    const auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        return value;
    };
    const auto first = number(std::string_view{text}.substr(0, dots));
    const auto last = number(std::string_view{text}.substr(dots + 2));
    if (!first || !last || *last < *first || *last - *first >= most) return std::nullopt;
    std::vector<std::uint64_t> seeds;
    for (std::uint64_t seed = *first; seeds.size() <= *last - *first; ++seed) seeds.push_back(seed);
    return seeds;
}

void describeItem(Fields& fields, SuiteItem& item) {
    fields.need({"scenario"});
    fields.value("scenario", item.pattern);
    if (const auto place = fields.at("scenario")) item.place = place->node();
    fields.value("label", item.label);
    if (fields.has("label") && fields.sound({"label"}) &&
        (item.label.empty() || item.label.find_first_of("/@~ ") != item.label.npos)) {
        fields.problem("label", "expected a word without '/', '@', '~' and blanks");
    }
    if (auto place = fields.at("seeds")) {
        if (place->node()->kind == TreeNode::Kind::list) {
            place->bind(item.seeds);
        } else if (auto seeds = parseSeeds(place->node()->text)) {
            item.seeds = std::move(*seeds);
        } else {
            place->problem(
                "expected a list of seeds, or a range of at most 100000 of them, as 1..20");
        }
    }
    fields.value("tags", item.tags);
    if (const auto place = fields.at("with")) {
        item.with = *place->node();
        if (item.with.kind != TreeNode::Kind::map) place->problem("expected a map (key: value)");
    }
}

}  // namespace

void describeSuite(Fields& fields, SuiteText& suite, PartReader& parts) {
    fields.need({"title", "scenarios"});
    fields.value("title", suite.title);
    fields.value("title_zh", suite.titleZh);
    fields.value("tags", suite.tags);
    fields.value("scenarios", suite.items, describeItem);
    parts.read(fields, "quarantine", suite.quarantine, describeQuarantine);
    fields.value("baseline", suite.baseline);
    if (const auto place = fields.at("baseline")) suite.baselinePlace = place->node();
    if (fields.has("scenarios") && fields.sound({"scenarios"}) && suite.items.empty()) {
        fields.problem("scenarios", "the suite names no scenario");
    }
}

}  // namespace jh
