// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/shard.h
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>

#include "hil/suite/shard.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

using Variables = std::map<std::string, std::string>;

Environment environmentOf(const Variables& variables) {
    return [variables](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional{found->second};
    };
}

/// "2/5 (VARIABLE)", "none", or the problem.
std::string told(const Variables& variables, std::optional<int> count = std::nullopt) {
    const auto found = shardFromEnvironment(environmentOf(variables), count);
    if (!found) return found.error();
    if (!*found) return "none";
    return std::to_string((*found)->shard.index) + "/" + std::to_string((*found)->shard.count) +
           " (" + (*found)->variable + ")";
}

struct Told {
    Variables variables;
    std::string shard;
    friend std::ostream& operator<<(std::ostream& os, const Told& t) { return os << t.shard; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shard)

// Golden: results of shards that ran last year belong where they did.
BOOST_AUTO_TEST_CASE(a_scenario_stays_in_its_shard) {
    std::string shards;
    for (const char* id : {"verifications/30t-jjg539-initial@seed1", "a", "b", "c", ""}) {
        for (const int count : {1, 2, 3, 7, 1000})
            shards += std::to_string(shardOf(id, count)) + " ";
        shards += "\n";
    }
    BOOST_TEST(shards ==
               "1 2 1 3 966 \n"
               "1 1 3 3 699 \n"
               "1 2 1 6 358 \n"
               "1 2 1 3 726 \n"
               "1 2 1 5 614 \n");
}

BOOST_AUTO_TEST_CASE(shards_are_of_like_size) {
    constexpr int scenarios = 7000;
    for (const int count : {2, 3, 7}) {
        std::map<int, int> sizes;
        for (int i = 0; i < scenarios; ++i) {
            ++sizes[shardOf("verifications/30t@seed" + std::to_string(i), count)];
        }
        BOOST_TEST(sizes.size() == static_cast<std::size_t>(count));
        for (const auto& [index, size] : sizes) {
            BOOST_TEST((index >= 1 && index <= count));
            // Five standard deviations of a fair draw are below 0.2 of the mean here.
            BOOST_TEST(size > 0.8 * scenarios / count);
            BOOST_TEST(size < 1.2 * scenarios / count);
        }
    }
}

BOOST_AUTO_TEST_CASE(shards_are_written_i_of_n) {
    BOOST_TEST((parseShard("2/5").value() == Shard{2, 5}));
    BOOST_TEST((parseShard("1/1").value() == Shard{1, 1}));
    BOOST_TEST(parseShard("5/4").error() == "shard 5/4 does not exist; expected 1/4 to 4/4");
    BOOST_TEST(parseShard("0/4").error() == "shard 0/4 does not exist; expected 1/4 to 4/4");
    for (const char* wrong : {"", "3", "/", "1/", "/2", "a/b", "1/2/3", "1 /2", "-1/2", "1/0"}) {
        BOOST_TEST(!parseShard(wrong).has_value(), wrong);
    }
}

const Told systems[] = {
    {{}, "none"},
    {{{"SLURM_ARRAY_TASK_ID", "12"},
      {"SLURM_ARRAY_TASK_MIN", "10"},
      {"SLURM_ARRAY_TASK_COUNT", "5"}},
     "3/5 (SLURM_ARRAY_TASK_ID)"},
    {{{"SLURM_ARRAY_TASK_ID", "0"}, {"SLURM_ARRAY_TASK_COUNT", "2"}}, "1/2 (SLURM_ARRAY_TASK_ID)"},
    {{{"SLURM_ARRAY_TASK_ID", "9"},
      {"SLURM_ARRAY_TASK_MIN", "1"},
      {"SLURM_ARRAY_TASK_STEP", "4"},
      {"SLURM_ARRAY_TASK_COUNT", "3"}},
     "3/3 (SLURM_ARRAY_TASK_ID)"},
    {{{"JOB_COMPLETION_INDEX", "0"}, {"JOB_COMPLETIONS", "4"}}, "1/4 (JOB_COMPLETION_INDEX)"},
    {{{"CI_NODE_INDEX", "4"}, {"CI_NODE_TOTAL", "4"}}, "4/4 (CI_NODE_INDEX)"},
    {{{"CI_NODE_TOTAL", "1"}}, "none"},  // GitLab without `parallel`
    {{{"TEST_SHARD_INDEX", "2"}, {"TEST_TOTAL_SHARDS", "3"}}, "3/3 (TEST_SHARD_INDEX)"},
    // Two that agree: a GitLab runner on Kubernetes.
    {{{"CI_NODE_INDEX", "2"},
      {"CI_NODE_TOTAL", "4"},
      {"JOB_COMPLETION_INDEX", "1"},
      {"JOB_COMPLETIONS", "4"}},
     "2/4 (CI_NODE_INDEX)"},
    {{{"CI_NODE_INDEX", "3"},
      {"CI_NODE_TOTAL", "4"},
      {"JOB_COMPLETION_INDEX", "1"},
      {"JOB_COMPLETIONS", "4"}},
     "JOB_COMPLETION_INDEX says shard 2/4, CI_NODE_INDEX says 3/4; say --shard i/n"},
    {{{"CI_NODE_INDEX", "5"}, {"CI_NODE_TOTAL", "4"}},
     "CI_NODE_INDEX: shard 5/4 does not exist; expected 1/4 to 4/4"},
    {{{"JOB_COMPLETION_INDEX", "0"}},
     "JOB_COMPLETION_INDEX is set, but JOB_COMPLETIONS is not set; say --shard i/n"},
    {{{"TEST_SHARD_INDEX", "one"}, {"TEST_TOTAL_SHARDS", "3"}},
     "TEST_SHARD_INDEX is set, but TEST_SHARD_INDEX=one is not a whole number; say --shard i/n"},
    // --array=1,3,7: three tasks, but the seventh is none of three.
    {{{"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_MIN", "1"}, {"SLURM_ARRAY_TASK_COUNT", "3"}},
     "SLURM_ARRAY_TASK_ID: shard 7/3 does not exist; expected 1/3 to 3/3"},
    {{{"SLURM_ARRAY_TASK_ID", "4"},
      {"SLURM_ARRAY_TASK_MIN", "1"},
      {"SLURM_ARRAY_TASK_STEP", "2"},
      {"SLURM_ARRAY_TASK_COUNT", "3"}},
     "SLURM_ARRAY_TASK_ID: the array's ids are not evenly spaced; say --shard i/n"},
};
BOOST_DATA_TEST_CASE(batch_systems_tell_the_shard, bdata::make(systems), c) {
    BOOST_TEST(told(c.variables) == c.shard);
}

BOOST_AUTO_TEST_CASE(kubernetes_does_not_tell_how_many) {
    BOOST_TEST(told({{"JOB_COMPLETION_INDEX", "1"}}, 3) == "2/3 (JOB_COMPLETION_INDEX)");
}

BOOST_AUTO_TEST_SUITE_END()
