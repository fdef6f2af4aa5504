// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/load.h"

#include "hil/scenario/catalogue.h"
#include "hil/scenario/describe.h"
#include "hil/scenario/describe_line_fault.h"
#include "hil/scenario/fault_reference.h"
#include "hil/scenario/json_text.h"
#include "hil/scenario/load_scene.h"
#include "hil/scenario/parts.h"

namespace jh {

namespace {

/// Reads and writes a scenario; its parts may be other files, which is why it is no free function.
class ScenarioReader {
public:
    ScenarioReader(FileChain chain, Diagnostics& diagnostics)
        : parts_{std::move(chain), diagnostics} {}

    void describe(Fields& fields, Scenario& scenario) {
        fields.need({"title", "scale", "weights", "indicator", "regulation"});
        fields.value("name", scenario.name);
        fields.value("title", scenario.title);
        fields.value("title_zh", scenario.titleZh);
        fields.later("tags", scenario.tags, {});
        SoundParts sound;
        sound.scale = parts_.read(fields, "scale", scenario.scale, describeScale);
        parts_.read(fields, "site", scenario.site, describeSite);
        sound.weights = parts_.read(fields, "weights", scenario.weights, describeWeights);
        parts_.read(fields, "indicator", scenario.indicator, describeProfile);
        fields.later("wire", scenario.wire, Wire::virtualTime, wireNames());
        fields.later("noise", scenario.noise, true);
        if (fields.has("bench")) scenario.bench.emplace();
        if (scenario.bench) {
            parts_.read(fields, "bench", *scenario.bench, describeBench);
        } else if (fields.reading()) {
            fields.at("bench");
        }
        if (fields.has("firmware")) scenario.firmware.emplace();
        if (scenario.firmware) {
            parts_.read(fields, "firmware", *scenario.firmware, describeFirmware);
        } else if (fields.reading()) {
            fields.at("firmware");
        }
        fields.value("settings", scenario.settings, describeSettings);
        if (fields.has("signal")) scenario.signal.emplace();
        if (scenario.signal) {
            fields.value("signal", *scenario.signal, describeSignal);
        } else if (fields.reading()) {
            fields.at("signal");
        }
        if (fields.has("second_display")) scenario.secondDisplay.emplace();
        if (scenario.secondDisplay) {
            fields.value("second_display", *scenario.secondDisplay, describeSecondDisplay);
        } else if (fields.reading()) {
            fields.at("second_display");
        }
        sound.regulation =
            parts_.read(fields, "regulation", scenario.regulation, describeRegulation);
        fields.value("appearance", scenario.appearance, describeAppearance);
        fields.value("faults", scenario.faults, describeFault);
        if (fields.reading() || !scenario.lineFaults.empty()) {
            fields.value("line_faults", scenario.lineFaults, describeLineFault);
        }
        fields.value("seed", scenario.seed);
        fields.later("visit", scenario.visit, std::uint64_t{0});
        fields.later("uncertainty_visits", scenario.uncertaintyVisits, 0, dimension::number, 0,
                     1000);
        std::string date = scenario.date ? dateText(*scenario.date) : std::string{};
        fields.later("date", date, std::string{});
        if (!date.empty() && fields.sound({"date"})) {
            scenario.date = parseDate(date);
            if (!scenario.date) {
                fields.problem("date", "expected a date of the calendar, as 2026-03-10");
            }
        }
        fields.later("office", scenario.office, Office{}, describeOffice);
        if (fields.has("expect")) scenario.expect.emplace();
        if (scenario.expect) {
            fields.value("expect", *scenario.expect, describeExpectation);
        }
        if (scenario.uncertaintyVisits == 1) {
            fields.problem("uncertainty_visits", "expected 2 visits or more, or 0 for none");
        }
        if (fields.reading()) checkScenario(fields, scenario, sound);
    }

private:
    PartReader parts_;
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
        TreeNode& root = document->root;
        Problems problems{root, "", diagnostics};
        takeFromCatalogue(root, problems);
        Fields fields{Place{&root, nullptr, "", &problems}};
        ScenarioReader{document->chain, diagnostics}.describe(fields, scenario);
        fields.finish();
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    scenario.resolvedYaml = resolvedText(scenario);
    return scenario;
}

/// One document with its parts.
template <class T, class How>
void readWhole(T& value, const OpenedDocument& document, const How& describe,
               Diagnostics& diagnostics) {
    PartReader parts{document.chain, diagnostics};
    readInto(value, document.root, "", PartReader::with(describe, parts), diagnostics);
}

template <class T>
Expected<T, Diagnostics> read(const std::optional<OpenedDocument>& document, Describe<T> describe,
                              Diagnostics diagnostics) {
    T value;
    if (document) readWhole(value, *document, describe, diagnostics);
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return value;
}

template <class T>
Expected<T, Diagnostics> load(const std::filesystem::path& file, const char* kind,
                              Describe<T> describe) {
    Diagnostics diagnostics;
    const auto document = openDocument(file, kind, diagnostics);
    return read(document, describe, std::move(diagnostics));
}

template <class T, class How>
Diagnostics check(const OpenedDocument& document, const How& describe, Diagnostics diagnostics) {
    T value{};
    readWhole(value, document, describe, diagnostics);
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

Expected<Scenario, Diagnostics> loadScenario(const std::filesystem::path& file,
                                             const TreeNode& changes) {
    Diagnostics diagnostics;
    auto document = openDocument(file, "scenario", diagnostics);
    if (document) document->root = merged(std::move(document->root), changes);
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

Scenario withWire(Scenario scenario, const std::string& wire) {
    for (const auto& [name, value] : wireNames()) {
        if (name == wire) scenario.wire = value;
    }
    scenario.resolvedYaml = resolvedText(scenario);
    return scenario;
}

Expected<ScaleModel, Diagnostics> loadScale(const std::filesystem::path& file) {
    return load<ScaleModel>(file, "scale", describeScale);
}

Expected<SiteModel, Diagnostics> loadSite(const std::filesystem::path& file) {
    return load<SiteModel>(file, "site", describeSite);
}

Expected<IndicatorProfile, Diagnostics> loadIndicator(const std::filesystem::path& file) {
    return load<IndicatorProfile>(file, "indicator", describeProfile);
}

Expected<SourceProfile, Diagnostics> loadSignalSource(const std::filesystem::path& file) {
    return load<SourceProfile>(file, "signal_source", describeSignalSource);
}

Expected<SourceProfile, Diagnostics> parseSignalSource(std::string_view text,
                                                       const std::filesystem::path& name) {
    Diagnostics diagnostics;
    const auto document =
        openText(text, {name.string(), name.parent_path()}, "signal_source", diagnostics);
    return read<SourceProfile>(document, describeSignalSource, std::move(diagnostics));
}

Expected<VehicleModel, Diagnostics> loadVehicle(const std::filesystem::path& file) {
    return load<VehicleModel>(file, "vehicle", describeVehicle);
}

std::string vehicleText(VehicleModel vehicle) {
    TreeNode root;
    root.kind = TreeNode::Kind::map;
    root.entries.push_back({"jianheng", {}, textNode("vehicle")});
    Fields fields{Place{nullptr, &root, "", nullptr}};
    describeVehicle(fields, vehicle);
    return jsonText(root);
}

Diagnostics checkFile(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    auto document = openDocument(file, "", diagnostics);
    if (!document) return diagnostics;
    const std::string& kind = document->kind;
    if (kind == "scale") return check<ScaleModel>(*document, describeScale, std::move(diagnostics));
    if (kind == "site") return check<SiteModel>(*document, describeSite, std::move(diagnostics));
    if (kind == "weights")
        return check<WeightsModel>(*document, describeWeights, std::move(diagnostics));
    if (kind == "test_truck")
        return check<TestTruckModel>(*document, describeTestTruck, std::move(diagnostics));
    if (kind == "vehicle")
        return check<VehicleModel>(*document, describeVehicle, std::move(diagnostics));
    if (kind == "indicator")
        return check<IndicatorProfile>(*document, describeProfile, std::move(diagnostics));
    if (kind == "signal_source")
        return check<SourceProfile>(*document, describeSignalSource, std::move(diagnostics));
    if (kind == "board")
        return check<FirmwareModel>(*document, describeBoard, std::move(diagnostics));
    if (kind == "regulation")
        return check<Regulation>(*document, describeRegulation, std::move(diagnostics));
    if (kind == "faults") return problemsOf(loadFaultCatalogue(file));
    if (kind == "scene") return problemsOf(loadScene(file));
    return problemsOf(loadScenario(file));
}

}  // namespace jh
