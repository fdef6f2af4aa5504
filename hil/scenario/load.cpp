// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/load.h"

#include "hil/scenario/catalogue.h"
#include "hil/scenario/describe.h"
#include "hil/scenario/json_text.h"
#include "hil/scenario/sources.h"

namespace jh {

namespace {

template <class T>
using Describe = void (*)(Fields&, T&);

/// Reads one document; true when nothing is wrong with it.
template <class T>
bool readInto(T& value, const TreeNode& root, const std::string& prefix, Describe<T> describe,
              Diagnostics& diagnostics) {
    Problems problems{root, prefix, diagnostics};
    Place{&root, nullptr, "", &problems}.bind(value, describe);
    return problems.none();
}

/// Reads and writes a scenario; its parts may be other files, which is why it is no free function.
class ScenarioReader {
public:
    ScenarioReader(FileChain chain, Diagnostics& diagnostics)
        : chain_{std::move(chain)}, diagnostics_{diagnostics} {}

    void describe(Fields& fields, Scenario& scenario) {
        fields.need({"title", "scale", "weights", "indicator", "regulation"});
        fields.value("name", scenario.name);
        fields.value("title", scenario.title);
        fields.value("title_zh", scenario.titleZh);
        SoundParts sound;
        sound.scale = part(fields, "scale", scenario.scale, describeScale);
        part(fields, "site", scenario.site, describeSite);
        sound.weights = part(fields, "weights", scenario.weights, describeWeights);
        part(fields, "indicator", scenario.indicator, describeProfile);
        fields.value("settings", scenario.settings, describeSettings);
        sound.regulation = part(fields, "regulation", scenario.regulation, describeRegulation);
        fields.value("appearance", scenario.appearance, describeAppearance);
        fields.value("faults", scenario.faults, describeFault);
        fields.value("seed", scenario.seed);
        if (fields.has("expect")) scenario.expect.emplace();
        if (scenario.expect) {
            fields.value("expect", *scenario.expect, describeExpectation);
        }
        if (fields.reading()) checkScenario(fields, scenario, sound);
    }

private:
    /// The name of a file or the thing itself.
    template <class T>
    bool part(Fields& fields, const std::string& key, T& value, Describe<T> how) {
        auto place = fields.at(key);
        if (!place) return false;
        if (!fields.reading()) {
            place->bind(value, how);
            return true;
        }
        const TreeNode& node = *place->node();
        if (node.kind == TreeNode::Kind::map) {
            const auto whole = openInline(node, key, key, chain_, diagnostics_);
            return whole && readInto(value, *whole, key + '.', how, diagnostics_);
        }
        const auto document = openReference(node, key, key, chain_, diagnostics_);
        return document && readInto(value, document->root, "", how, diagnostics_);
    }

    FileChain chain_;
    Diagnostics& diagnostics_;
};

std::string resolvedText(Scenario scenario) {
    TreeNode root;
    root.kind = TreeNode::Kind::map;
    root.entries.push_back({"jianheng", {}, textNode("scenario")});
    Diagnostics none;
    Fields fields{Place{nullptr, &root, "", nullptr}};
    ScenarioReader{{}, none}.describe(fields, scenario);
    return jsonText(root);
}

Expected<Scenario, Diagnostics> readScenario(std::optional<OpenedDocument> document,
                                             const std::string& name, Diagnostics diagnostics) {
    Scenario scenario;
    scenario.name = name;
    if (document) {
        const TreeNode& root = document->root;
        Problems problems{root, "", diagnostics};
        Fields fields{Place{&root, nullptr, "", &problems}};
        ScenarioReader{document->chain, diagnostics}.describe(fields, scenario);
        fields.finish();
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    scenario.resolvedYaml = resolvedText(scenario);
    return scenario;
}

template <class T>
Diagnostics check(const OpenedDocument& document, Describe<T> describe, Diagnostics diagnostics) {
    T value{};
    readInto(value, document.root, "", describe, diagnostics);
    putInOrder(diagnostics);
    return diagnostics;
}

template <class T>
Diagnostics problemsOf(const Expected<T, Diagnostics>& result) {
    return result ? Diagnostics{} : result.error();
}

}  // namespace

Expected<Scenario, Diagnostics> loadScenario(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    auto document = openDocument(file, "scenario", diagnostics);
    return readScenario(std::move(document), file.stem().string(), std::move(diagnostics));
}

Expected<Scenario, Diagnostics> parseScenario(std::string_view text, const std::string& name,
                                              const std::filesystem::path& folder) {
    Diagnostics diagnostics;
    auto document = openText(text, {name, folder}, "scenario", diagnostics);
    return readScenario(std::move(document), std::filesystem::path{name}.stem().string(),
                        std::move(diagnostics));
}

Scenario withSeed(Scenario scenario, std::uint64_t seed) {
    scenario.seed = seed;
    scenario.resolvedYaml = resolvedText(scenario);
    return scenario;
}

Expected<ScaleModel, Diagnostics> loadScale(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    ScaleModel scale;
    if (const auto document = openDocument(file, "scale", diagnostics)) {
        readInto(scale, document->root, "", describeScale, diagnostics);
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return scale;
}

Diagnostics checkFile(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    auto document = openDocument(file, "", diagnostics);
    if (!document) return diagnostics;
    const std::string& kind = document->kind;
    if (kind == "scale") return check(*document, describeScale, std::move(diagnostics));
    if (kind == "site") return check(*document, describeSite, std::move(diagnostics));
    if (kind == "weights") return check(*document, describeWeights, std::move(diagnostics));
    if (kind == "indicator") return check(*document, describeProfile, std::move(diagnostics));
    if (kind == "regulation") return check(*document, describeRegulation, std::move(diagnostics));
    if (kind == "faults") return problemsOf(loadFaultCatalogue(file));
    return problemsOf(loadScenario(file));
}

}  // namespace jh
