// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/parse_faults.h"

#include <algorithm>
#include <sstream>

#include "hil/scenario/describe.h"
#include "hil/scenario/describe_line_fault.h"
#include "hil/scenario/fault_reference.h"

namespace jh {

namespace {

using Source = std::shared_ptr<const TextSource>;

TreeNode nodeOf(TreeNode node, const Source& source) {
    node.source = source;
    return node;
}

/// "id key=value key=value": a value goes on to the next key. The first word is a `fault` of the
/// catalogue unless it is among `kinds`.
TreeNode faultNode(const std::string& text, const std::vector<std::string>& kinds,
                   const char* otherKey, const Source& source) {
    TreeNode fault = nodeOf({}, source);
    fault.kind = TreeNode::Kind::map;
    std::istringstream words{text};
    std::string word;
    words >> word;
    const bool isKind = std::find(kinds.begin(), kinds.end(), word) != kinds.end();
    fault.entries.push_back({isKind ? "kind" : otherKey, {}, nodeOf(plainNode(word), source)});
    while (words >> word) {
        const std::size_t equals = word.find('=');
        if (equals != word.npos) {
            fault.entries.push_back(
                {word.substr(0, equals), {}, nodeOf(plainNode(word.substr(equals + 1)), source)});
        } else if (fault.entries.size() > 1) {
            fault.entries.back().value.text += ' ' + word;
        } else {
            fault.entries.push_back({word, {}, nodeOf({}, source)});
        }
    }
    return fault;
}

/// {KEY: [faults]}
TreeNode documentOf(const char* key, const std::vector<std::string>& texts,
                    const std::vector<std::string>& kinds, const char* otherKey,
                    const std::string& source) {
    const Source from = std::make_shared<const TextSource>(TextSource{source, {}});
    TreeNode root = nodeOf({}, from), list = root;
    root.kind = TreeNode::Kind::map;
    list.kind = TreeNode::Kind::list;
    for (const std::string& text : texts) {
        list.items.push_back(faultNode(text, kinds, otherKey, from));
    }
    root.entries.push_back({key, {}, std::move(list)});
    return root;
}

}  // namespace

Expected<std::vector<Fault>, Diagnostics> parseFaults(const std::vector<std::string>& texts,
                                                      const ScaleModel& scale,
                                                      const std::string& source) {
    TreeNode root = documentOf("faults", texts, faultKindNames(), "fault", source);

    Diagnostics diagnostics;
    Scenario around;
    around.scale = scale;
    Problems problems{root, "", diagnostics};
    takeFromCatalogue(root, problems);
    Fields fields{Place{&root, nullptr, "", &problems}};
    fields.value("faults", around.faults, describeFault);
    checkFaults(fields, around, {true, false, false}, true);
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return around.faults;
}

Expected<std::vector<LineFault>, Diagnostics> parseLineFaults(const std::vector<std::string>& texts,
                                                              const std::vector<LineWire>& wires,
                                                              const std::string& source) {
    const TreeNode root = documentOf("line_faults", texts, lineFaultKindNames(), "kind", source);
    Diagnostics diagnostics;
    std::vector<LineFault> faults;
    Problems problems{root, "", diagnostics};
    Fields fields{Place{&root, nullptr, "", &problems}};
    fields.value("line_faults", faults, describeLineFault);
    checkLineFaults(fields, faults, wires);
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return faults;
}

}  // namespace jh
