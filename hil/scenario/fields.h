// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "hil/procedure/regulation.h"
#include "hil/scenario/document.h"
#include "hil/scenario/parameter.h"
#include "hil/scenario/units.h"

namespace jh {

/// Bounds of a number in the unit the program holds.
struct Range {
    double least{}, most{};
};

/// Problems of one document, found at their places.
class Problems {
public:
    /// `prefix` is put before paths: the place of this document within another.
    Problems(const TreeNode& root, std::string prefix, Diagnostics& out)
        : root_{root}, prefix_{std::move(prefix)}, out_{out} {}

    /// `path` leads from the root: "deck.modules[1]". Where it ends early, the place is the
    /// innermost value that exists.
    void add(const std::string& path, std::string message, std::string nearest = {});
    void addAt(TextMark mark, const TreeNode& owner, const std::string& path, std::string message,
               std::string nearest = {});
    /// Nothing is wrong with this value, nor with a part of it.
    bool sound(const std::string& path) const;
    bool none() const { return bad_.empty(); }
    Diagnostics& all() { return out_; }

private:
    const TreeNode& root_;
    std::string prefix_;
    Diagnostics& out_;
    std::set<std::string> bad_;
};

class Fields;

/// One place in a document: a value to be read from it, or to be written there.
class Place {
public:
    Place(const TreeNode* in, TreeNode* out, std::string path, Problems* problems)
        : in_{in}, out_{out}, path_{std::move(path)}, problems_{problems} {}
    /// To be written, and each value's bounds listed.
    Place(TreeNode* out, std::vector<Parameter>* listed) : out_{out}, listed_{listed} {}

    void bind(double& value, const Dimension& dimension, Range range);
    template <class Tag>
    void bind(Quantity<Tag>& value, Range range) {
        double si = value.si();
        bind(si, dimensionOf<Tag>(), range);
        value = Quantity<Tag>{si};
    }
    void bind(std::int64_t& value, const Dimension& dimension, std::int64_t least,
              std::int64_t most);
    void bind(int& value, const Dimension& dimension, int least, int most);
    void bind(Milli& value, const Dimension& dimension, int least, int most);
    void bind(ExactMass& value, ExactMass least, ExactMass most);
    void bind(SimTime& value, SimTime least, SimTime most);
    void bind(std::uint64_t& value);
    void bind(bool& value);
    /// One line of text.
    void bind(std::string& value);
    template <class E>
    void bind(E& value, const std::vector<std::pair<std::string, E>>& names);
    /// A map described by a function, the same for reading and writing.
    template <class T, std::invocable<Fields&, T&> How>
    void bind(T& value, const How& describe);
    template <class T, class... How>
    void bind(std::vector<T>& values, const How&... how);
    template <class T, class... How>
    void bind(std::map<std::string, T>& values, const How&... how);

    void problem(std::string message, std::string nearest = {}) const;
    const TreeNode* node() const { return in_; }

private:
    friend class Fields;
    bool reading() const { return in_ != nullptr; }
    bool is(TreeNode::Kind kind, const char* what) const;
    std::size_t choose(const std::vector<std::string>& names) const;
    std::optional<Decimal> decimal(const Dimension& dimension, Unit& found) const;
    void write(const Decimal& value, const Dimension& dimension);
    void list(Parameter parameter) const;
    void list(const Dimension& dimension, const Decimal& least, const Decimal& most) const;
    Place item(std::size_t index) const;
    Place entry(const std::string& key) const;
    Place written(TreeNode* out, std::string path) const;

    const TreeNode* in_{};
    TreeNode* out_;
    std::string path_;
    Problems* problems_{};
    std::vector<Parameter>* listed_{};
};

/// The keys of a map bound to the members of a struct, in one direction or the other, so that
/// reader and writer cannot drift apart. A missing key leaves the member's default.
class Fields {
public:
    explicit Fields(Place map) : map_{std::move(map)} {}

    bool reading() const { return map_.reading(); }
    bool has(const std::string& key) const;
    /// Reports those that are missing.
    void need(std::initializer_list<const char*> keys);

    template <class T, class... How>
    void value(const std::string& key, T& member, const How&... how) {
        if (std::optional<Place> place = at(key)) place->bind(member, how...);
    }
    /// The same for what came after the first records: written only where it says something.
    template <class T, class... How>
    void later(const std::string& key, T& member, const T& standard, const How&... how) {
        if (reading() || !(member == standard)) value(key, member, how...);
    }
    /// Nothing when reading and the key is missing; then it is known all the same.
    std::optional<Place> at(const std::string& key);

    /// About the finished values; only while reading.
    void problem(const std::string& key, std::string message, std::string nearest = {}) const;
    bool sound(std::initializer_list<const char*> keys) const;

    /// Reports the keys that nobody asked for.
    void finish();

private:
    std::string pathOf(const std::string& key) const;

    Place map_;
    std::vector<std::string> known_;
};

template <class E>
void Place::bind(E& value, const std::vector<std::pair<std::string, E>>& names) {
    std::vector<std::string> words;
    words.reserve(names.size());
    for (const auto& [name, choice] : names) words.push_back(name);
    if (!reading()) {
        for (const auto& [name, choice] : names) {
            if (choice == value) *out_ = textNode(name);
        }
        return list({path_, out_->text, {}, {}, {}, std::move(words)});
    }
    const std::size_t chosen = choose(words);
    if (chosen < names.size()) value = names[chosen].second;
}

template <class T, std::invocable<Fields&, T&> How>
void Place::bind(T& value, const How& describe) {
    if (!is(TreeNode::Kind::map, "a map (key: value)")) return;
    Fields fields{*this};
    describe(fields, value);
    fields.finish();
}

template <class T, class... How>
void Place::bind(std::vector<T>& values, const How&... how) {
    if (!is(TreeNode::Kind::list, "a list")) return;
    if (reading()) {
        values.assign(in_->items.size(), T{});
    } else {
        out_->items.resize(values.size());
    }
    for (std::size_t i = 0; i < values.size(); ++i) item(i).bind(values[i], how...);
}

template <class T, class... How>
void Place::bind(std::map<std::string, T>& values, const How&... how) {
    if (!is(TreeNode::Kind::map, "a map (key: value)")) return;
    if (reading()) {
        for (const NodeEntry& found : in_->entries) values[found.key];
    } else {
        for (const auto& [key, value] : values) out_->entries.push_back({key, {}, {}});
    }
    for (auto& [key, value] : values) {
        if (!reading() || in_->find(key) != nullptr) entry(key).bind(value, how...);
    }
}

}  // namespace jh
