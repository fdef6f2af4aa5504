// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "hil/scenario/text_file.h"

namespace jh {

namespace {

TextMark markOf(const YAML::Mark& mark) {
    return {mark.line + 1, mark.column + 1};
}

/// Ends the reading of a text that no scenario looks like.
struct Refused : std::runtime_error {
    Refused(const std::string& why, TextMark at) : std::runtime_error{why}, mark{at} {}
    TextMark mark;
};

constexpr std::size_t maxNesting = 32, maxItems = 1000;

/// Takes the parser's events and grows the tree. Refuses depth before the parser recurses into it.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::shared_ptr<const TextSource> source, Diagnostics& diagnostics)
        : source_{std::move(source)}, diagnostics_{diagnostics} {}

    TreeNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse(mark, "", anchor);
        add(node(TreeNode::Kind::null, mark));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        problem(markOf(mark), "an alias (*name) is not allowed; use `extends` to share values");
        add(node(TreeNode::Kind::null, mark));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse(mark, tag, anchor);
        TreeNode scalar = node(TreeNode::Kind::scalar, mark);
        scalar.text = value;
        scalar.quoted = tag == "!";
        add(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(TreeNode::Kind::list, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(TreeNode::Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        TreeNode node;
        bool hasKey{};
        bool drop{};  ///< the key is no name or stands there twice: the value is not kept
        NodeEntry entry;
    };

    TreeNode node(TreeNode::Kind kind, const YAML::Mark& mark) const {
        TreeNode made;
        made.kind = kind;
        made.source = source_;
        made.mark = markOf(mark);
        return made;
    }

    void problem(TextMark at, std::string message) {
        diagnostics_.push_back({source_->name, at.line, at.column, "", std::move(message), ""});
    }

    void refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0) problem(markOf(mark), "an anchor (&name) is not allowed");
        if (!tag.empty() && tag != "?" && tag != "!") {
            problem(markOf(mark), fmt::format("a tag ({}) is not allowed", tag));
        }
    }

    void open(TreeNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor) {
        refuse(mark, tag, anchor);
        if (stack_.size() >= maxNesting) {
            throw Refused{fmt::format("nested deeper than {} levels", maxNesting), markOf(mark)};
        }
        stack_.push_back({node(kind, mark), false, false, {}});
    }

    void close() {
        TreeNode done = std::move(stack_.back().node);
        stack_.pop_back();
        add(std::move(done));
    }

    void add(TreeNode value) {
        if (stack_.empty()) {
            root_ = std::move(value);
            return;
        }
        Open& top = stack_.back();
        if (top.node.items.size() + top.node.entries.size() >= maxItems) {
            throw Refused{fmt::format("more than {} entries", maxItems), value.mark};
        }
        if (top.node.kind == TreeNode::Kind::list) {
            top.node.items.push_back(std::move(value));
        } else if (!top.hasKey) {
            takeKey(top, value);
        } else {
            top.hasKey = false;
            top.entry.value = std::move(value);
            if (!top.drop) top.node.entries.push_back(std::move(top.entry));
        }
    }

    void takeKey(Open& top, const TreeNode& key) {
        top.hasKey = true;
        top.drop = true;
        if (key.kind != TreeNode::Kind::scalar) {
            problem(key.mark, "a key must be a name");
        } else if (top.node.find(key.text) == nullptr) {
            top.entry = {key.text, key.mark, {}};
            top.drop = false;
        } else {
            const TextMark first = top.node.find(key.text)->mark;
            problem(key.mark, fmt::format("key '{}' stands here a second time; first in line {}",
                                          key.text, first.line));
        }
    }

    std::shared_ptr<const TextSource> source_;
    Diagnostics& diagnostics_;
    std::vector<Open> stack_;
    TreeNode root_;
};

}  // namespace

const NodeEntry* TreeNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const NodeEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

TreeNode textNode(std::string text) {
    TreeNode node = plainNode(std::move(text));
    node.quoted = true;
    return node;
}

TreeNode plainNode(std::string text) {
    TreeNode node;
    node.kind = TreeNode::Kind::scalar;
    node.text = std::move(text);
    return node;
}

std::optional<TreeNode> parseDocument(std::string_view text,
                                      std::shared_ptr<const TextSource> source,
                                      Diagnostics& diagnostics) {
    const auto fail = [&](TextMark at, std::string message) {
        diagnostics.push_back({source->name, at.line, at.column, "", std::move(message), ""});
        return std::nullopt;
    };
    if (text.size() > maxFileBytes) return fail({}, "larger than 1 MiB");
    if (const auto bad = firstBadByte(text)) {
        return fail(*bad, "not UTF-8 text");
    }
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        TreeBuilder builder{source, diagnostics};
        if (!parser.HandleNextDocument(builder)) return fail({}, "holds no YAML document");
        TreeNode root = builder.take();
        TreeBuilder further{source, diagnostics};
        if (parser.HandleNextDocument(further)) {
            return fail(further.take().mark, "a second YAML document; a file holds one");
        }
        return root;
    } catch (const Refused& refusal) {
        return fail(refusal.mark, refusal.what());
    } catch (const YAML::Exception& error) {
        return fail(error.mark.is_null() ? TextMark{} : markOf(error.mark),
                    "not YAML: " + error.msg);
    } catch (const std::exception& error) {  // yaml-cpp lets some of the library's own through
        return fail({}, fmt::format("not YAML: {}", error.what()));
    }
}

}  // namespace jh
