// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace jh {

namespace {

std::string withUnit(const Decimal& number, const Unit& unit) {
    const std::string text = number.shifted(-unit.power).text();
    return unit.name.empty() ? text : fmt::format("{} {}", text, unit.name);
}

/// "[2]" or "key" off the front of a path.
std::string_view nextStep(std::string_view& path) {
    if (path.front() == '.') path.remove_prefix(1);
    const std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
    const std::string_view step = path.substr(0, end);
    path.remove_prefix(end);
    return step;
}

const TreeNode* child(const TreeNode& node, std::string_view step) {
    if (step.front() != '[') {
        const NodeEntry* entry = node.find(step);
        return entry == nullptr ? nullptr : &entry->value;
    }
    const auto index = parseQuantity(step.substr(1, step.size() - 2));
    const auto i = index ? static_cast<std::size_t>(index->number.toInteger().value_or(-1)) : 0;
    return i < node.items.size() ? &node.items[i] : nullptr;
}

}  // namespace

void Problems::add(const std::string& path, std::string message, std::string nearest) {
    const TreeNode* at = &root_;
    std::string_view rest = path;
    while (!rest.empty()) {
        const std::string_view step = nextStep(rest);
        const TreeNode* deeper = step.empty() ? nullptr : child(*at, step);
        if (deeper == nullptr) break;
        at = deeper;
    }
    bad_.insert(path);
    // Of a part as a whole: "weights.", without the dot.
    const std::string whole =
        path.empty() && !prefix_.empty() ? prefix_.substr(0, prefix_.size() - 1) : prefix_ + path;
    out_.push_back({at->source->name, at->mark.line, at->mark.column, whole, std::move(message),
                    std::move(nearest)});
}

void Problems::addAt(TextMark mark, const TreeNode& owner, const std::string& path,
                     std::string message, std::string nearest) {
    bad_.insert(path);
    out_.push_back({owner.source->name, mark.line, mark.column, prefix_ + path, std::move(message),
                    std::move(nearest)});
}

bool Problems::sound(const std::string& path) const {
    return std::none_of(bad_.begin(), bad_.end(), [&](const std::string& bad) {
        // Wrong itself, a part of it, or the whole it is a part of.
        const std::size_t common = std::min(bad.size(), path.size());
        if (bad.compare(0, common, path, 0, common) != 0) return false;
        const std::string& longer = bad.size() > path.size() ? bad : path;
        return longer.size() == common || common == 0 || longer[common] == '.' ||
               longer[common] == '[';
    });
}

void Place::problem(std::string message, std::string nearest) const {
    problems_->addAt(in_->mark, *in_, path_, std::move(message), std::move(nearest));
}

bool Place::is(TreeNode::Kind kind, const char* what) const {
    if (!reading()) {
        out_->kind = kind;
        return true;
    }
    if (in_->kind == kind) return true;
    problem(fmt::format("expected {}", what));
    return false;
}

Place Place::item(std::size_t index) const {
    const std::string path = fmt::format("{}[{}]", path_, index);
    if (reading()) return {&in_->items[index], nullptr, path, problems_};
    return written(&out_->items[index], path);
}

Place Place::entry(const std::string& key) const {
    const std::string path = path_.empty() ? key : path_ + '.' + key;
    if (reading()) return {&in_->find(key)->value, nullptr, path, problems_};
    for (NodeEntry& made : out_->entries) {
        if (made.key == key) return written(&made.value, path);
    }
    out_->entries.push_back({key, {}, {}});
    return written(&out_->entries.back().value, path);
}

Place Place::written(TreeNode* out, std::string path) const {
    Place place{out, listed_};
    place.path_ = std::move(path);
    return place;
}

std::optional<Decimal> Place::decimal(const Dimension& dimension, Unit& found) const {
    const bool bare = dimension.units.front().name.empty();
    const std::string expected = bare ? "a number without unit"
                                      : fmt::format("a number with a unit ({})", dimension.names());
    if (!is(TreeNode::Kind::scalar, expected.c_str())) return std::nullopt;
    const auto written = parseQuantity(in_->text);
    if (!written || (bare && in_->quoted)) {
        problem(fmt::format("'{}' is not {}", in_->text, expected));
        return std::nullopt;
    }
    if (const Unit* unit = dimension.find(written->unit)) {
        found = *unit;
        return written->number.shifted(unit->power);
    }
    if (bare) {
        problem(fmt::format("'{}' is not {}", in_->text, expected));
    } else if (written->unit.empty()) {
        problem(fmt::format("'{}' has no unit; expected one of: {}", in_->text, dimension.names()));
    } else {
        std::vector<std::string> names;
        for (const Unit& unit : dimension.units) names.emplace_back(unit.name);
        problem(fmt::format("unit '{}' is not known here; expected one of: {}", written->unit,
                            dimension.names()),
                nearestName(written->unit, names));
    }
    return std::nullopt;
}

void Place::write(const Decimal& value, const Dimension& dimension) {
    const Unit& unit = dimension.units.front();
    const std::string text = withUnit(value, unit);
    *out_ = unit.name.empty() ? plainNode(text) : textNode(text);
}

void Place::list(Parameter parameter) const {
    if (listed_ != nullptr) listed_->push_back(std::move(parameter));
}

void Place::list(const Dimension& dimension, const Decimal& least, const Decimal& most) const {
    const Unit& unit = dimension.units.front();
    list({path_,
          out_->text,
          std::string{unit.name},
          withUnit(least, unit),
          withUnit(most, unit),
          {}});
}

void Place::bind(double& value, const Dimension& dimension, Range range) {
    if (!reading()) {
        write(Decimal::from(value), dimension);
        return list(dimension, Decimal::from(range.least), Decimal::from(range.most));
    }
    Unit written;
    const auto number = decimal(dimension, written);
    if (!number) return;
    auto read = number->toDouble();
    if (read) *read = *read * written.times / written.over;
    if (!read || *read < range.least || *read > range.most) {
        const Unit& unit = dimension.units.front();
        return problem(fmt::format("'{}' is out of range; expected {} to {}", in_->text,
                                   withUnit(Decimal::from(range.least), unit),
                                   withUnit(Decimal::from(range.most), unit)));
    }
    value = *read;
}

void Place::bind(std::int64_t& value, const Dimension& dimension, std::int64_t least,
                 std::int64_t most) {
    if (!reading()) {
        write(Decimal::from(value), dimension);
        return list(dimension, Decimal::from(least), Decimal::from(most));
    }
    Unit written;
    const auto number = decimal(dimension, written);
    const int times = written.times;
    if (!number) return;
    const auto whole = number->toInteger();
    const auto magnitude = number->toDouble();
    const bool far = !magnitude || std::abs(*magnitude) > 9e18 / times;
    const Unit& unit = dimension.units.front();
    if (!whole && !far) {
        return problem(fmt::format("'{}' is finer than the smallest step, {}", in_->text,
                                   withUnit(Decimal::from(std::int64_t{1}), unit)));
    }
    if (far || *whole * times < least || *whole * times > most) {
        return problem(fmt::format("'{}' is out of range; expected {} to {}", in_->text,
                                   withUnit(Decimal::from(least), unit),
                                   withUnit(Decimal::from(most), unit)));
    }
    value = *whole * times;
}

void Place::bind(int& value, const Dimension& dimension, int least, int most) {
    std::int64_t wide = value;
    bind(wide, dimension, least, most);
    value = static_cast<int>(wide);
}

void Place::bind(Milli& value, const Dimension& dimension, int least, int most) {
    bind(value.value, dimension, least, most);
}

void Place::bind(ExactMass& value, ExactMass least, ExactMass most) {
    std::int64_t tenUg = value.inTenUg();
    bind(tenUg, dimension::exactMass, least.inTenUg(), most.inTenUg());
    value = ExactMass::tenUg(tenUg);
}

void Place::bind(SimTime& value, SimTime least, SimTime most) {
    std::int64_t ns = value.count();
    bind(ns, dimension::time, least.count(), most.count());
    value = SimTime{ns};
}

void Place::bind(std::uint64_t& value) {
    if (!reading()) {
        *out_ = plainNode(std::to_string(value));
        return;
    }
    if (!is(TreeNode::Kind::scalar, "a whole number")) return;
    const std::string& text = in_->text;
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!digits || in_->quoted || error != std::errc{}) {
        problem(fmt::format("'{}' is not a whole number from 0 to {}", text,
                            std::numeric_limits<std::uint64_t>::max()));
    }
}

void Place::bind(bool& value) {
    if (!reading()) {
        *out_ = plainNode(value ? "true" : "false");
        return list({path_, out_->text, {}, {}, {}, {"false", "true"}});
    }
    const std::size_t chosen = choose({"false", "true"});
    if (chosen < 2) value = chosen == 1;
}

void Place::bind(std::string& value) {
    if (!reading()) {
        *out_ = textNode(value);
        return list({path_, value, {}, {}, {}, {}});
    }
    if (!is(TreeNode::Kind::scalar, "a text")) return;
    constexpr std::size_t longest = 1000;
    if (in_->text.size() > longest) return problem("longer than 1000 bytes");
    // An escape such as "\n" may have put one there.
    if (in_->text.find('\n') != in_->text.npos || firstBadByte(in_->text)) {
        return problem("a text is one line without control characters");
    }
    value = in_->text;
}

std::size_t Place::choose(const std::vector<std::string>& names) const {
    constexpr std::size_t mostListed = 20;
    const std::string expected = names.size() > mostListed
                                     ? fmt::format("one of {} known names", names.size())
                                     : fmt::format("one of: {}", fmt::join(names, ", "));
    if (!is(TreeNode::Kind::scalar, expected.c_str())) return names.size();
    const auto found = std::find(names.begin(), names.end(), in_->text);
    if (found == names.end()) {
        problem(fmt::format("'{}' is not known; expected {}", in_->text, expected),
                nearestName(in_->text, names));
    }
    return static_cast<std::size_t>(found - names.begin());
}

bool Fields::has(const std::string& key) const {
    return reading() && map_.in_->find(key) != nullptr;
}

std::string Fields::pathOf(const std::string& key) const {
    return map_.path_.empty() || key.empty() ? map_.path_ + key : map_.path_ + '.' + key;
}

void Fields::need(std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (reading() && !has(key)) problem(key, "is missing");
    }
}

std::optional<Place> Fields::at(const std::string& key) {
    known_.push_back(key);
    if (reading() && !has(key)) return std::nullopt;
    return map_.entry(key);
}

void Fields::problem(const std::string& key, std::string message, std::string nearest) const {
    if (reading()) map_.problems_->add(pathOf(key), std::move(message), std::move(nearest));
}

bool Fields::sound(std::initializer_list<const char*> keys) const {
    return reading() && std::all_of(keys.begin(), keys.end(), [&](const char* key) {
               return map_.problems_->sound(pathOf(key));
           });
}

void Fields::finish() {
    if (!reading()) return;
    for (const NodeEntry& entry : map_.in_->entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        map_.problems_->addAt(entry.mark, entry.value, pathOf(entry.key), "unknown key",
                              nearestName(entry.key, known_));
    }
}

}  // namespace jh
