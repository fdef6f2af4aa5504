// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/load_scene.h"

#include <fmt/format.h>

#include "hil/scenario/describe.h"
#include "hil/scenario/describe_scene.h"
#include "hil/scenario/fault_reference.h"
#include "hil/scenario/json_text.h"
#include "hil/scenario/parts.h"

namespace jh {

namespace {

/// Reads and writes a scene; scale, site and vehicles may be other files.
class SceneReader {
public:
    SceneReader(FileChain chain, Diagnostics& diagnostics)
        : parts_{std::move(chain), diagnostics} {}

    void describe(Fields& fields, Scene& scene) {
        fields.need({"title", "scale", "duration"});
        fields.value("name", scene.name);
        fields.value("title", scene.title);
        fields.value("title_zh", scene.titleZh);
        sound_.scale = parts_.read(fields, "scale", scene.scale, describeScale);
        parts_.read(fields, "site", scene.site, describeSite);
        fields.value("seed", scene.seed);
        fields.value("duration", scene.duration, SimTime{1s}, SimTime{24h});
        fields.value("conversion_rate", scene.conversionRate_Hz, dimension::rate, 10, 80);
        if (fields.has("road")) scene.road.emplace();
        if (scene.road) {
            fields.value("road", *scene.road, describeRoad);
        } else if (fields.reading()) {
            fields.at("road");
        }
        fields.value("vehicles", scene.vehicles,
                     [this](Fields& f, SceneVehicle& v) { describeVehicleOf(f, v); });
        fields.value("weights", scene.weights, describeSceneWeight);
        describeTruck(fields, scene);
        fields.value("faults", scene.faults, describeFault);
        if (fields.reading()) checkScene(fields, scene, sound_);
    }

private:
    void describeTruck(Fields& fields, Scene& scene) {
        if (fields.has("test_truck")) scene.truck.emplace();
        if (fields.has("crane_at")) scene.craneAt.emplace();
        if (scene.truck) {
            sound_.truck = parts_.read(fields, "test_truck", *scene.truck, describeTestTruck);
        }
        if (scene.craneAt) fields.value("crane_at", *scene.craneAt, describeCraneAt);
        if (!fields.reading()) return;
        for (const char* key : {"test_truck", "crane_at"}) fields.at(key);
    }

    void describeVehicleOf(Fields& fields, SceneVehicle& vehicle) {
        fields.need({"vehicle"});
        const std::string within = fmt::format("vehicles[{}].", sound_.vehicles.size());
        sound_.vehicles.push_back(
            parts_.read(fields, within, "vehicle", vehicle.vehicle, describeVehicle));
        const bool parks = fields.has("park"), drives = fields.has("drive");
        if (parks) vehicle.park.emplace();
        if (drives) vehicle.drive.emplace();
        if (vehicle.park) fields.value("park", *vehicle.park, describeParking);
        if (vehicle.drive) fields.value("drive", *vehicle.drive, describeDrive);
        if (!fields.reading()) return;
        for (const char* key : {"park", "drive"}) fields.at(key);
        if (parks != drives) return;
        fields.problem("", parks
                               ? "a vehicle either parks or drives; it has both `park` and `drive`"
                               : "has neither `park` nor `drive`");
    }

    PartReader parts_;
    SoundScene sound_;
};

std::string resolvedText(Scene scene) {
    TreeNode root;
    root.kind = TreeNode::Kind::map;
    root.entries.push_back({"jianheng", {}, textNode("scene")});
    Diagnostics none;
    Fields fields{Place{nullptr, &root, "", nullptr}};
    SceneReader{{}, none}.describe(fields, scene);
    return jsonText(root);
}

}  // namespace

Expected<Scene, Diagnostics> loadScene(const std::filesystem::path& file) {
    return loadScene(file, TreeNode{});
}

Expected<Scene, Diagnostics> loadScene(const std::filesystem::path& file, const TreeNode& changes) {
    Diagnostics diagnostics;
    Scene scene;
    scene.name = file.stem().string();
    if (auto document = openDocument(file, "scene", diagnostics)) {
        TreeNode& root = document->root;
        if (!changes.entries.empty()) root = merged(std::move(root), changes);
        Problems problems{root, "", diagnostics};
        takeFromCatalogue(root, problems);
        Fields fields{Place{&root, nullptr, "", &problems}};
        SceneReader{document->chain, diagnostics}.describe(fields, scene);
        fields.finish();
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    scene.resolvedYaml = resolvedText(scene);
    return scene;
}

Scene withSeed(Scene scene, std::uint64_t seed) {
    scene.seed = seed;
    scene.resolvedYaml = resolvedText(scene);
    return scene;
}

}  // namespace jh
