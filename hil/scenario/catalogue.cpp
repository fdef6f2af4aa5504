// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/describe.h"
#include "hil/scenario/load.h"
#include "hil/scenario/sources.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, std::string>> places{
    {"mechanics", "mechanics"}, {"weather", "weather"},     {"cell", "cell"}, {"wiring", "wiring"},
    {"weights", "weights"},     {"indicator", "indicator"}, {"data", "data"}};

void checkTests(const Fields& fields, const CatalogueFault& fault) {
    if (!fields.sound({"caught_by"})) return;
    for (std::size_t i = 0; i < fault.caughtBy.size(); ++i) {
        const std::string& test = fault.caughtBy[i];
        if (std::count(testNames().begin(), testNames().end(), test) > 0) continue;
        fields.problem(fmt::format("caught_by[{}]", i), "no such test",
                       nearestName(test, testNames()));
    }
    if (fault.caughtBy.empty() && fault.whyNot.empty()) {
        fields.problem("why_not", "is missing where no test catches the fault");
    }
    if (fault.whyNot.empty() != fault.whyNotZh.empty()) {
        fields.problem("why_not", "goes with why_not_zh, the same in Chinese");
    }
}

void describeEntry(Fields& fields, CatalogueFault& fault) {
    std::vector<std::pair<std::string, std::string>> kinds;
    for (const std::string& name : faultKindNames()) kinds.emplace_back(name, name);
    fields.need(
        {"id", "number", "title", "title_zh", "acts_in", "signature", "magnitude", "caught_by"});
    fields.value("id", fault.id);
    fields.value("number", fault.number, dimension::number, 1, 1000);
    fields.value("title", fault.title);
    fields.value("title_zh", fault.titleZh);
    fields.value("available", fault.available);
    fields.value("kind", fault.kind, kinds);
    fields.value("typical", fault.typical);
    fields.value("acts_in", fault.actsIn, places);
    fields.value("signature", fault.signature);
    fields.value("magnitude", fault.magnitude);
    fields.value("caught_by", fault.caughtBy);
    fields.value("why_not", fault.whyNot);
    fields.value("why_not_zh", fault.whyNotZh);
    checkTests(fields, fault);
    for (const char* key : {"kind", "typical"}) {
        if (fields.has(key) == fault.available) continue;
        fields.problem(
            key, fault.available ? "is missing" : "a fault that nothing can do yet has no sizes");
    }
}

struct Catalogue {
    std::string title;
    std::vector<CatalogueFault> faults;
};

void describeCatalogue(Fields& fields, Catalogue& catalogue) {
    fields.need({"title", "faults"});
    fields.value("title", catalogue.title);
    fields.value("faults", catalogue.faults, describeEntry);
}

/// The typical fault must be one that a scenario can hold, and names every size without a default.
void checkTypical(const TreeNode& entry, const std::string& path, const CatalogueFault& fault,
                  Diagnostics& diagnostics) {
    TreeNode whole = entry.find("typical")->value;
    whole.entries.push_back({"kind", entry.mark, entry.find("kind")->value});
    Problems problems{whole, path + ".typical.", diagnostics};
    Fault read;
    Place{&whole, nullptr, "", &problems}.bind(read, describeFault);
    for (const char* key : {"fault", "kind"}) {
        if (fault.typical.count(key) > 0) problems.add(key, "does not belong here");
    }
}

void complete(Catalogue& catalogue, const TreeNode& root, Diagnostics& diagnostics) {
    const std::vector<TreeNode>& entries = root.find("faults")->value.items;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        CatalogueFault& fault = catalogue.faults[i];
        const std::string path = fmt::format("faults[{}]", i);
        for (std::size_t k = 0; k < i; ++k) {
            if (catalogue.faults[k].id != fault.id) continue;
            const TreeNode& id = entries[i].find("id")->value;
            diagnostics.push_back({id.source->name,
                                   id.mark.line,
                                   id.mark.column,
                                   path + ".id",
                                   "stands in the list already",
                                   {}});
        }
        if (!fault.available) continue;
        checkTypical(entries[i], path, fault, diagnostics);
        fault.parameters = faultParameters(fault.kind);
        for (Parameter& parameter : fault.parameters) {
            const auto typical = fault.typical.find(parameter.key);
            if (typical != fault.typical.end()) parameter.value = typical->second;
        }
    }
}

}  // namespace

std::filesystem::path faultCatalogueFile() {
    return dataFolder() / "faults" / "catalogue.yaml";
}

Expected<std::vector<CatalogueFault>, Diagnostics> loadFaultCatalogue(
    const std::filesystem::path& file) {
    Diagnostics diagnostics;
    Catalogue catalogue;
    if (const auto document = openDocument(file, "faults", diagnostics)) {
        Problems problems{document->root, "", diagnostics};
        Place{&document->root, nullptr, "", &problems}.bind(catalogue, describeCatalogue);
        if (diagnostics.empty()) complete(catalogue, document->root, diagnostics);
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return std::move(catalogue.faults);
}

Expected<FileSummary, Diagnostics> describeFile(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    const auto document = openDocument(file, "", diagnostics);
    if (!document || !diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    const auto textOf = [&](const char* key) {
        const NodeEntry* entry = document->root.find(key);
        return entry == nullptr ? std::string{} : entry->value.text;
    };
    return FileSummary{document->kind, textOf("title"), textOf("title_zh")};
}

}  // namespace jh
