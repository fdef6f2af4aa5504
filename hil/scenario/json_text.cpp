// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/json_text.h"

#include <algorithm>

namespace jh {

std::string quoted(const std::string& text) {
    std::string out{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

namespace {

bool flat(const TreeNode& node) {
    const auto nested = [](const TreeNode& part) {
        return part.kind == TreeNode::Kind::list || part.kind == TreeNode::Kind::map;
    };
    return std::none_of(node.items.begin(), node.items.end(), nested) &&
           std::none_of(node.entries.begin(), node.entries.end(),
                        [&](const NodeEntry& entry) { return nested(entry.value); });
}

void write(const TreeNode& node, std::size_t depth, std::string& out) {
    if (node.kind == TreeNode::Kind::null) out += "null";
    if (node.kind == TreeNode::Kind::scalar) out += node.quoted ? quoted(node.text) : node.text;
    if (node.kind != TreeNode::Kind::list && node.kind != TreeNode::Kind::map) return;

    const bool oneLine = flat(node) && depth > 0;
    const auto newLine = [&](std::size_t blanks) {
        out += '\n';
        out.append(blanks, ' ');
    };
    const bool list = node.kind == TreeNode::Kind::list;
    bool first = true;
    const auto next = [&] {
        if (!first) out += ',';
        if (!oneLine) newLine(2 * (depth + 1));
        if (oneLine && !first) out += ' ';
        first = false;
    };
    out += list ? '[' : '{';
    for (const TreeNode& item : node.items) {
        next();
        write(item, depth + 1, out);
    }
    for (const NodeEntry& entry : node.entries) {
        next();
        out += quoted(entry.key) + ": ";
        write(entry.value, depth + 1, out);
    }
    if (!oneLine) newLine(2 * depth);
    out += list ? ']' : '}';
}

}  // namespace

std::string jsonText(const TreeNode& node) {
    std::string out;
    write(node, 0, out);
    return out += '\n';
}

}  // namespace jh
