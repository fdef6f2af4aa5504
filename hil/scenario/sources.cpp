// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/load.h"

namespace jh {

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kinds{"scale",         "site",       "weights", "indicator",
                                     "signal_source", "test_truck", "vehicle", "regulation",
                                     "scenario",      "scene",      "faults",  "suite",
                                     "quarantine",    "board",      "mutants"};

void problem(Diagnostics& diagnostics, const TreeNode& at, TextMark mark, const std::string& path,
             std::string message, std::string nearest = {}) {
    diagnostics.push_back(
        {at.source->name, mark.line, mark.column, path, std::move(message), std::move(nearest)});
}

/// Reads the header and takes it off; empty when it is no header.
std::string takeKind(TreeNode& root, const std::string& wanted, Diagnostics& diagnostics) {
    if (root.kind != TreeNode::Kind::map) {
        problem(diagnostics, root, root.mark, "", "expected a map with `jianheng: KIND`");
        return {};
    }
    const NodeEntry* header = root.find("jianheng");
    if (header == nullptr) {
        problem(
            diagnostics, root, root.mark, "jianheng",
            fmt::format("`jianheng: KIND` is missing, with one of: {}", fmt::join(kinds, ", ")));
        return {};
    }
    const TreeNode value = header->value;
    root.entries.erase(root.entries.begin() + (header - root.entries.data()));
    if (std::find(kinds.begin(), kinds.end(), value.text) == kinds.end()) {
        problem(diagnostics, value, value.mark, "jianheng",
                fmt::format("'{}' is no kind of file; expected one of: {}", value.text,
                            fmt::join(kinds, ", ")),
                nearestName(value.text, kinds));
        return {};
    }
    if (!wanted.empty() && value.text != wanted) {
        problem(diagnostics, value, value.mark, "jianheng",
                fmt::format("this is a {} file where a {} file is needed", value.text, wanted));
        return {};
    }
    return value.text;
}

std::string nearestFile(const fs::path& missing) {
    constexpr int mostFiles = 1000;
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator folder{missing.parent_path(), error};
    for (int i = 0; !error && i < mostFiles && folder != fs::directory_iterator{}; ++i) {
        names.push_back(folder->path().filename().string());
        folder.increment(error);
    }
    std::sort(names.begin(), names.end());
    const std::string name = nearestName(missing.filename().string(), names);
    return name.empty() ? name : (missing.parent_path().filename() / name).string();
}

/// The file meant, or a problem.
std::optional<fs::path> resolve(const TreeNode& reference, const std::string& path,
                                Diagnostics& diagnostics) {
    constexpr std::size_t longest = 300;
    if (reference.kind != TreeNode::Kind::scalar || reference.text.empty() ||
        reference.text.size() > longest || reference.text.find('\0') != std::string::npos) {
        problem(diagnostics, reference, reference.mark, path, "expected the name of a file");
        return std::nullopt;
    }
    const fs::path name{reference.text};
    const fs::path candidates[]{(reference.source->folder / name).lexically_normal(),
                                (dataFolder() / name).lexically_normal()};
    for (const fs::path& candidate : candidates) {
        std::error_code error;
        if (fs::exists(candidate, error)) return candidate;
    }
    std::string nearest = nearestFile(candidates[0]);
    if (nearest.empty()) nearest = nearestFile(candidates[1]);
    problem(diagnostics, reference, reference.mark, path,
            fmt::format("no such file: neither {} nor {}", candidates[0].string(),
                        candidates[1].string()),
            nearest);
    return std::nullopt;
}

std::optional<OpenedDocument> open(const fs::path& file, const std::string& kind, FileChain chain,
                                   Diagnostics& diagnostics);

/// Replaces a map that has a base by the two merged.
std::optional<TreeNode> withBase(TreeNode map, const std::string& path, const std::string& kind,
                                 const FileChain& chain, Diagnostics& diagnostics) {
    const NodeEntry* extends = map.find("extends");
    if (extends == nullptr) return map;
    auto base = openReference(extends->value, path.empty() ? "extends" : path + ".extends", kind,
                              chain, diagnostics);
    if (!base) return std::nullopt;
    map.entries.erase(map.entries.begin() + (extends - map.entries.data()));
    return merged(std::move(base->root), map);
}

std::optional<OpenedDocument> take(TreeNode root, const std::string& wanted, FileChain chain,
                                   Diagnostics& diagnostics) {
    const std::string kind = takeKind(root, wanted, diagnostics);
    if (kind.empty()) return std::nullopt;
    auto whole = withBase(std::move(root), "", kind, chain, diagnostics);
    if (!whole) return std::nullopt;
    return OpenedDocument{kind, std::move(*whole), std::move(chain)};
}

std::optional<OpenedDocument> open(const fs::path& file, const std::string& kind, FileChain chain,
                                   Diagnostics& diagnostics) {
    const auto text = readTextFile(file);
    if (!text) {
        diagnostics.push_back(text.error());
        return std::nullopt;
    }
    std::error_code error;
    chain.push_back(fs::weakly_canonical(file, error));
    const auto source = std::make_shared<TextSource>(TextSource{file.string(), file.parent_path()});
    auto root = parseDocument(*text, source, diagnostics);
    if (!root) return std::nullopt;
    return take(std::move(*root), kind, std::move(chain), diagnostics);
}

}  // namespace

TreeNode merged(TreeNode base, const TreeNode& over) {
    if (base.kind != TreeNode::Kind::map || over.kind != TreeNode::Kind::map) return over;
    for (const NodeEntry& entry : over.entries) {
        const auto place = std::find_if(base.entries.begin(), base.entries.end(),
                                        [&](const NodeEntry& e) { return e.key == entry.key; });
        if (place == base.entries.end()) {
            base.entries.push_back(entry);
        } else {
            *place = {entry.key, entry.mark, merged(std::move(place->value), entry.value)};
        }
    }
    base.source = over.source;
    base.mark = over.mark;
    return base;
}

std::optional<OpenedDocument> openDocument(const fs::path& file, const std::string& kind,
                                           Diagnostics& diagnostics) {
    return open(file, kind, {}, diagnostics);
}

std::optional<OpenedDocument> openText(std::string_view text, const TextSource& source,
                                       const std::string& kind, Diagnostics& diagnostics) {
    auto root = parseDocument(text, std::make_shared<TextSource>(source), diagnostics);
    if (!root) return std::nullopt;
    std::error_code error;
    const fs::path self = fs::weakly_canonical(source.folder / source.name, error);
    return take(std::move(*root), kind, {self}, diagnostics);
}

std::optional<OpenedDocument> openReference(const TreeNode& reference, const std::string& path,
                                            const std::string& kind, const FileChain& chain,
                                            Diagnostics& diagnostics) {
    const auto file = resolve(reference, path, diagnostics);
    if (!file) return std::nullopt;
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(*file, error);
    const auto first = std::find(chain.begin(), chain.end(), canonical);
    constexpr std::size_t longestChain = 8;
    if (first == chain.end() && chain.size() < longestChain) {
        return open(*file, kind, chain, diagnostics);
    }
    std::string names;
    for (auto link = first == chain.end() ? chain.begin() : first; link != chain.end(); ++link) {
        names += link->filename().string() + " -> ";
    }
    problem(diagnostics, reference, reference.mark, path,
            fmt::format("{}: {}{}", first == chain.end() ? "too long a chain" : "cyclic reference",
                        names, canonical.filename().string()));
    return std::nullopt;
}

std::optional<TreeNode> openInline(const TreeNode& map, const std::string& path,
                                   const std::string& kind, const FileChain& chain,
                                   Diagnostics& diagnostics) {
    return withBase(map, path, kind, chain, diagnostics);
}

}  // namespace jh
