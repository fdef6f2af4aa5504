// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/fault_reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/catalogue.h"

namespace jh {

namespace {

bool onlyNames(const TreeNode& item) {
    return item.kind == TreeNode::Kind::map && item.find("fault") != nullptr &&
           item.find("kind") == nullptr;
}

/// The fault written out. What comes from the catalogue stands, for problems with it, where the
/// fault is named.
TreeNode writtenOut(const CatalogueFault& fault, const TreeNode& item) {
    const TreeNode& name = item.find("fault")->value;
    TreeNode whole = item;
    const auto add = [&](const std::string& key, const std::string& text) {
        if (item.find(key) != nullptr) return;
        TreeNode value = plainNode(text);
        value.source = name.source;
        value.mark = name.mark;
        whole.entries.push_back({key, name.mark, std::move(value)});
    };
    add("kind", fault.kind);
    for (const auto& [key, text] : fault.typical) add(key, text);
    return whole;
}

/// The fault meant, or a problem.
const CatalogueFault* found(const std::vector<CatalogueFault>& catalogue, const std::string& id,
                            const std::string& path, Problems& problems) {
    const auto fault = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](const CatalogueFault& f) { return f.id == id; });
    if (fault == catalogue.end()) {
        std::vector<std::string> ids;
        for (const CatalogueFault& known : catalogue) ids.push_back(known.id);
        problems.add(path, fmt::format("the catalogue has no fault '{}'", id),
                     nearestName(id, ids));
        return nullptr;
    }
    if (!fault->available) {
        problems.add(path,
                     fmt::format("'{}' is declared, but no part of the bench can do it yet", id));
        return nullptr;
    }
    return &*fault;
}

}  // namespace

void takeFromCatalogue(TreeNode& scenario, Problems& problems) {
    if (scenario.kind != TreeNode::Kind::map || scenario.find("faults") == nullptr) return;
    const auto entry = std::find_if(scenario.entries.begin(), scenario.entries.end(),
                                    [](const NodeEntry& e) { return e.key == "faults"; });
    std::vector<TreeNode>& items = entry->value.items;
    if (std::none_of(items.begin(), items.end(), onlyNames)) return;

    const auto catalogue = loadFaultCatalogue(faultCatalogueFile());
    if (!catalogue) {
        Diagnostics& all = problems.all();
        all.insert(all.end(), catalogue.error().begin(), catalogue.error().end());
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!onlyNames(items[i])) continue;
        const std::string path = fmt::format("faults[{}].fault", i);
        if (!catalogue) {
            problems.add(path, "the catalogue of faults cannot be read");
        } else if (const auto* fault =
                       found(*catalogue, items[i].find("fault")->value.text, path, problems)) {
            items[i] = writtenOut(*fault, items[i]);
        }
    }
}

}  // namespace jh
