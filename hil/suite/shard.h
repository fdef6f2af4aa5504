// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/expected.h"

namespace jh {

/// One of `count` parts of a suite, counted from 1.
struct Shard {
    int index{1}, count{1};
    friend bool operator==(const Shard&, const Shard&) = default;
};

/// The shard a scenario belongs to, from 1. By a hash of its id alone: whatever else the suite
/// holds, on whatever machine, it stays there.
int shardOf(std::string_view id, int count);

/// "2/5", or what is wrong with the text.
Expected<Shard, std::string> parseShard(std::string_view text);

/// A variable of the environment; nothing when it is not set or empty.
using Environment = std::function<std::optional<std::string>(const char* name)>;

struct FoundShard {
    Shard shard;
    std::string variable;  ///< that told it
};

/// What a batch system has told this process: Slurm arrays (SLURM_ARRAY_TASK_ID, _COUNT, _MIN,
/// _STEP), Kubernetes indexed jobs (JOB_COMPLETION_INDEX; the number from JOB_COMPLETIONS, which
/// the job has to set, or from `count`), GitLab (CI_NODE_INDEX, CI_NODE_TOTAL), Bazel
/// (TEST_SHARD_INDEX, TEST_TOTAL_SHARDS). Nothing when no system speaks; what is wrong when one
/// speaks nonsense, or two disagree.
Expected<std::optional<FoundShard>, std::string> shardFromEnvironment(
    const Environment& environment, std::optional<int> count = std::nullopt);

}  // namespace jh
