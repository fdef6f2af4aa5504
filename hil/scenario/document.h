// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/text_file.h"

namespace jh {

/// Where a text comes from: its name in diagnostics, the folder its references start from.
struct TextSource {
    std::string name;
    std::filesystem::path folder;
};

struct NodeEntry;

/// One value of a document, free of the YAML library. Knows where it was written, also after
/// documents were merged.
struct TreeNode {
    enum class Kind { null, scalar, list, map } kind{Kind::null};
    std::string text;  ///< of a scalar
    bool quoted{};     ///< "30" is text, 30 is a number
    std::vector<TreeNode> items;
    std::vector<NodeEntry> entries;  ///< in the order written
    std::shared_ptr<const TextSource> source;
    TextMark mark;

    const NodeEntry* find(std::string_view key) const;
};

struct NodeEntry {
    std::string key;
    TextMark mark;
    TreeNode value;
};

/// A scalar, for writing.
TreeNode textNode(std::string text);
TreeNode plainNode(std::string text);

/// One YAML document: UTF-8, no anchors, aliases or tags, no key twice. Problems are added to
/// `diagnostics`; nothing is returned when the text has no shape at all.
std::optional<TreeNode> parseDocument(std::string_view text,
                                      std::shared_ptr<const TextSource> source,
                                      Diagnostics& diagnostics);

}  // namespace jh
