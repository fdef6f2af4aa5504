// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hil/scenario/document.h"

namespace jh {

/// Files that were opened one from the other, to name a circle.
using FileChain = std::vector<std::filesystem::path>;

/// A document with its bases merged in, its header `jianheng: KIND` taken off.
struct OpenedDocument {
    std::string kind;
    TreeNode root;
    FileChain chain;
};

/// `over` laid on `base`: maps key by key, everything else whole.
TreeNode merged(TreeNode base, const TreeNode& over);

/// Opens a file by name. `kind` empty accepts any kind.
std::optional<OpenedDocument> openDocument(const std::filesystem::path& file,
                                           const std::string& kind, Diagnostics& diagnostics);

/// The same from text in memory.
std::optional<OpenedDocument> openText(std::string_view text, const TextSource& source,
                                       const std::string& kind, Diagnostics& diagnostics);

/// Follows a reference: a scalar of a document that names a file, relative to the folder of the
/// document it stands in, else to dataFolder().
std::optional<OpenedDocument> openReference(const TreeNode& reference, const std::string& path,
                                            const std::string& kind, const FileChain& chain,
                                            Diagnostics& diagnostics);

/// A map that stands in place of a reference; it may have a base too.
std::optional<TreeNode> openInline(const TreeNode& map, const std::string& path,
                                   const std::string& kind, const FileChain& chain,
                                   Diagnostics& diagnostics);

}  // namespace jh
