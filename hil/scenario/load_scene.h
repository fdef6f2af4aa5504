// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/scene.h"
#include "sim/base/expected.h"

namespace jh {

struct TreeNode;

/// A scene file with everything it refers to. All problems at once, none hides another.
Expected<Scene, Diagnostics> loadScene(const std::filesystem::path& file);

/// The same with keys of another document laid over the file's, as `extends` does.
Expected<Scene, Diagnostics> loadScene(const std::filesystem::path& file, const TreeNode& changes);

/// The same scene with another seed.
Scene withSeed(Scene scene, std::uint64_t seed);

}  // namespace jh
