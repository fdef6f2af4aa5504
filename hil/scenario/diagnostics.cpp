// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace jh {

std::string Diagnostic::text() const {
    std::string out = file;
    if (line > 0) out += fmt::format(":{}:{}", line, column);
    if (!path.empty()) out += ": " + path;
    out += ": " + message;
    if (!nearest.empty()) out += fmt::format(" (did you mean '{}'?)", nearest);
    return out;
}

namespace {

/// Letters to insert, drop, change or swap with their neighbour (optimal string alignment).
std::size_t editDistance(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> table((a.size() + 1) * width);
    const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
        return table[i * width + j];
    };
    for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
    for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
            at(i, j) = std::min({change, at(i - 1, j) + 1, at(i, j - 1) + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
            }
        }
    }
    return at(a.size(), b.size());
}

}  // namespace

std::string nearestName(std::string_view word, const std::vector<std::string>& names) {
    constexpr std::size_t longestWord = 100;
    if (word.size() > longestWord) return {};
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 2) + 1;
    for (const std::string& name : names) {
        const std::size_t distance = editDistance(word, name);
        // A distance of all its letters is no likeness.
        if (distance < least && distance < std::max(word.size(), name.size())) {
            least = distance;
            best = name;
        }
    }
    return best;
}

void putInOrder(Diagnostics& diagnostics) {
    const auto key = [](const Diagnostic& d) {
        return std::tie(d.file, d.line, d.column, d.path, d.message);
    };
    std::sort(diagnostics.begin(), diagnostics.end(),
              [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    const auto same = [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); };
    diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
}

}  // namespace jh
