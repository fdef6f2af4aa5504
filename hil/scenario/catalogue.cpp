// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/describe.h"
#include "hil/scenario/sources.h"

namespace jh {

namespace {

void describeParameter(Fields& fields, FaultParameter& parameter) {
    fields.need({"key"});
    fields.value("key", parameter.key);
    fields.value("unit", parameter.unit);
    fields.value("least", parameter.least);
    fields.value("most", parameter.most);
    if (!fields.reading()) return;
    for (const auto& [key, text] :
         {std::pair{"least", parameter.least}, {"most", parameter.most}}) {
        const auto written = parseQuantity(text);
        if (fields.has(key) && (!written || written->unit != parameter.unit)) {
            fields.problem(key, "expected a number in the parameter's unit");
        }
    }
}

void describeKind(Fields& fields, FaultKind& fault) {
    std::vector<std::pair<std::string, std::string>> kinds;
    for (const std::string& name : faultKindNames()) kinds.emplace_back(name, name);
    fields.need({"kind", "title", "parameters", "acts_in", "signature", "caught_by"});
    fields.value("kind", fault.kind, kinds);
    fields.value("title", fault.title);
    fields.value("title_zh", fault.titleZh);
    fields.value("parameters", fault.parameters, describeParameter);
    fields.value("acts_in", fault.actsIn);
    fields.value("signature", fault.signature);
    fields.value("caught_by", fault.caughtBy);
    if (!fields.sound({"caught_by"})) return;
    for (std::size_t i = 0; i < fault.caughtBy.size(); ++i) {
        const std::string& test = fault.caughtBy[i];
        if (std::count(testNames().begin(), testNames().end(), test) > 0) continue;
        fields.problem(fmt::format("caught_by[{}]", i), "no such test",
                       nearestName(test, testNames()));
    }
}

struct Catalogue {
    std::string title;
    std::vector<FaultKind> faults;
};

void describeCatalogue(Fields& fields, Catalogue& catalogue) {
    fields.need({"title", "faults"});
    fields.value("title", catalogue.title);
    fields.value("faults", catalogue.faults, describeKind);
}

}  // namespace

Expected<std::vector<FaultKind>, Diagnostics> loadFaultCatalogue(
    const std::filesystem::path& file) {
    Diagnostics diagnostics;
    Catalogue catalogue;
    if (const auto document = openDocument(file, "faults", diagnostics)) {
        Problems problems{document->root, "", diagnostics};
        Place{&document->root, nullptr, "", &problems}.bind(catalogue, describeCatalogue);
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
