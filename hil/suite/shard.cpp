// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "sim/base/hash.h"

namespace jh {

namespace {

using Found = Expected<std::optional<FoundShard>, std::string>;
constexpr int mostShards = 1'000'000;

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string wrongShard(int index, int count) {
    return fmt::format("shard {}/{} does not exist; expected 1/{} to {}/{}", index, count, count,
                       count, count);
}

Expected<Shard, std::string> shardOfParts(int index, int count) {
    if (count < 1 || count > mostShards) {
        return Unexpected<std::string>{
            fmt::format("{} shards; expected 1 to {}", count, mostShards)};
    }
    if (index < 1 || index > count) return Unexpected<std::string>{wrongShard(index, count)};
    return Shard{index, count};
}

/// The variables of one batch system.
class System {
public:
    explicit System(const Environment& environment) : environment_{environment} {}

    bool has(const char* name) const { return environment_(name).has_value(); }
    /// A number; a problem when it is missing or none.
    int number(const char* name) {
        const auto text = environment_(name);
        const auto value = text ? wholeNumber(*text) : std::nullopt;
        if (!value && problem_.empty()) {
            problem_ = text ? fmt::format("{}={} is not a whole number", name, *text)
                            : fmt::format("{} is not set", name);
        }
        return value.value_or(0);
    }
    Found found(const char* variable, int index, int count) const {
        if (!problem_.empty()) {
            return Unexpected<std::string>{
                fmt::format("{} is set, but {}; say --shard i/n", variable, problem_)};
        }
        const auto shard = shardOfParts(index, count);
        if (!shard) return Unexpected<std::string>{fmt::format("{}: {}", variable, shard.error())};
        return FoundShard{*shard, variable};
    }

private:
    const Environment& environment_;
    std::string problem_;
};

Found slurm(System system) {
    constexpr const char* id = "SLURM_ARRAY_TASK_ID";
    if (!system.has(id)) return std::nullopt;
    const int first =
        system.has("SLURM_ARRAY_TASK_MIN") ? system.number("SLURM_ARRAY_TASK_MIN") : 0;
    const int step =
        system.has("SLURM_ARRAY_TASK_STEP") ? system.number("SLURM_ARRAY_TASK_STEP") : 1;
    const int offset = system.number(id) - first;
    if (step < 1 || offset % step != 0) {
        return Unexpected<std::string>{
            fmt::format("{}: the array's ids are not evenly spaced; say --shard i/n", id)};
    }
    return system.found(id, offset / step + 1, system.number("SLURM_ARRAY_TASK_COUNT"));
}

Found kubernetes(System system, std::optional<int> count) {
    constexpr const char* id = "JOB_COMPLETION_INDEX";
    if (!system.has(id)) return std::nullopt;
    const int index = system.number(id) + 1;
    return system.found(id, index, count ? *count : system.number("JOB_COMPLETIONS"));
}

Found gitlab(System system) {
    constexpr const char* id = "CI_NODE_INDEX";
    if (!system.has(id)) return std::nullopt;
    const int index = system.number(id);
    return system.found(id, index, system.number("CI_NODE_TOTAL"));
}

Found bazel(System system) {
    constexpr const char* id = "TEST_SHARD_INDEX";
    if (!system.has(id)) return std::nullopt;
    const int index = system.number(id) + 1;
    return system.found(id, index, system.number("TEST_TOTAL_SHARDS"));
}

}  // namespace

int shardOf(std::string_view id, int count) {
    Hash hash;
    hash.add(id);
    return static_cast<int>(hash.value() % static_cast<std::uint64_t>(count)) + 1;
}

Expected<Shard, std::string> parseShard(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto index = wholeNumber(text.substr(0, slash));
    const auto count = slash == text.npos ? std::nullopt : wholeNumber(text.substr(slash + 1));
    if (!index || !count) {
        return Unexpected<std::string>{fmt::format("'{}' is no shard; expected i/n, as 2/5", text)};
    }
    return shardOfParts(*index, *count);
}

Found shardFromEnvironment(const Environment& environment, std::optional<int> count) {
    std::optional<FoundShard> found;
    for (const Found& told : {slurm(System{environment}), kubernetes(System{environment}, count),
                              gitlab(System{environment}), bazel(System{environment})}) {
        if (!told) return told;
        if (!*told) continue;
        if (found && found->shard != (*told)->shard) {
            return Unexpected<std::string>{
                fmt::format("{} says shard {}/{}, {} says {}/{}; say --shard i/n", found->variable,
                            found->shard.index, found->shard.count, (*told)->variable,
                            (*told)->shard.index, (*told)->shard.count)};
        }
        found = *told;
    }
    return found;
}

}  // namespace jh
