// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/cli/write_reports.h"
#include "hil/modbus/character_format.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Exit codes of the program (docs/program.md).
enum Exit : int {
    exitPass = 0,      ///< pass, or as the scenario expects
    exitFail = 1,      ///< a scenario failed, records differ
    exitBadInput = 2,  ///< a file or an argument is wrong; nothing was started
    exitDevice = 3,    ///< device or infrastructure; trying again may help
    exitInvalid = 4,   ///< the run decides nothing
    exitInterrupted = 130,
};

/// Where JSON goes: nowhere, to stdout (an empty name) or to a file.
using JsonOutput = std::optional<std::string>;

struct RunArguments {
    std::vector<std::string> scenarios;
    std::string out{"jianheng-out"}, junit, frames, vcd, coverage, language{"en"};
    JsonOutput json;
    ReportChoice reports;
    int debugPort{};  ///< 0: nobody is to debug
    bool verify{}, quiet{};
    std::optional<std::uint64_t> seed;
    std::string wire;  ///< instead of the scenario's; empty: as the scenario says
};
int runCommand(const RunArguments& arguments);

struct PlanArguments {
    std::string scenario, language{"en"};
};
int planCommand(const PlanArguments& arguments);

int checkCommand(const std::vector<std::string>& files);

struct SimulateArguments {
    std::string scene, out, h5, csv, plot;
    bool quiet{};
    std::optional<std::uint64_t> seed;
};
int simulateCommand(const SimulateArguments& arguments);

struct ProbeArguments {
    std::string scale, site;
    std::vector<std::string> loads, vehicles, faults;
    JsonOutput json;
};
int probeCommand(const ProbeArguments& arguments);

struct ReportArguments {
    std::vector<std::string> records;
    ReportChoice reports;
    std::string junit;
    std::optional<std::string> markdown;  ///< an empty name is stdout
};
int reportCommand(const ReportArguments& arguments);

int replayCommand(const std::string& record);

struct ListArguments {
    std::string what, language{"en"};
    JsonOutput json;
};
int listCommand(const ListArguments& arguments);

/// What is made of the results of a suite.
struct SuiteOutputs {
    std::string out, baseline, writeBaseline, trend, date, language{"en"};
    bool partial{};  ///< results may be missing
};

struct SuiteArguments {
    std::string suite, shard, coverage;
    std::optional<int> shards, jobs;
    std::vector<std::string> tags, names;
    bool resume{}, restart{}, retryFailed{}, records{}, quiet{};
    JsonOutput json;  ///< of `suite plan`
    SuiteOutputs outputs{"jianheng-suite", {}, {}, {}, {}, "en", false};
};
int suiteCommand(const SuiteArguments& arguments);
int suitePlanCommand(const SuiteArguments& arguments);

struct SuiteMergeArguments {
    std::vector<std::string> inputs;
    SuiteOutputs outputs;
};
int suiteMergeCommand(const SuiteMergeArguments& arguments);

struct DetectArguments {
    std::string scenario{"verifications/100t-detection.yaml"};
    std::string digitalScenario{"verifications/100t-detection-digital.yaml"};
    std::string out{"jianheng-detection"}, language{"en"};
    std::vector<std::string> faults;  ///< ids; empty: all that can act
    int healthy{20}, jobs{};          ///< 0 jobs: one for each core
    bool healthyOnly{}, quiet{};
};
int detectCommand(const DetectArguments& arguments);

struct MutantsArguments {
    std::string file;  ///< empty: those of the reference firmware
    std::string out{"jianheng-mutants"}, language{"en"};
    std::vector<std::string> only;  ///< ids; empty: all
    int seeds{20}, jobs{};          ///< runs of the unchanged firmware; 0 jobs: one for each core
    bool buildOnly{}, quiet{};
};
int mutantsCommand(const MutantsArguments& arguments);

struct DiffArguments {
    std::string first, second;  ///< two programs, or two records
    std::string scenario{"verifications/100t-jjg539-initial.yaml"};
    std::string board;  ///< empty: the scenario's
    std::string memory{"works"}, html;
    JsonOutput json;
    bool quiet{};
};
int diffCommand(const DiffArguments& arguments);

struct PlayArguments {
    std::string board, program, scene{"scenes/weights-centre-module.yaml"};
    std::string span;                      ///< empty: as long as the scene
    std::vector<std::string> press, type;  ///< "zero@5s"
    std::string vcd;
};
int playCommand(const PlayArguments& arguments);

struct ExamineArguments {
    std::string scenario, html;
    int powerFails{20};
    std::uint64_t seed{1};
    JsonOutput json;
    bool quiet{};
};
int examineCommand(const ExamineArguments& arguments);

struct RiskArguments {
    std::string scenario{"verifications/100t-jjg539-initial.yaml"}, out{"jianheng-risk"},
        language{"en"};
    std::vector<int> weights_t;
    std::vector<double> winds_m_s;
    int scales{200}, jobs{};
    double spread{1.0};  ///< part of the spread of scales as found
    bool quiet{};
};
int riskCommand(const RiskArguments& arguments);

struct ServeArguments {
    std::vector<std::string> profiles;
    std::vector<std::string> tcp, rtuOverTcp, rtu;  ///< addresses and devices
    int ptys{}, count{1};
    std::optional<int> baud, station;
    CharacterFormat format{CharacterFormat::n82};
    bool rs485{}, allowWrite{}, quiet{}, eachCell{};
    SimTime adapterLatency{20ms};
    std::string scale, site, source, play;
    std::vector<std::string> loads, vehicles, faults, lineFaults;
    std::string pcap;
    std::optional<std::uint64_t> seed;
};
int serveCommand(const ServeArguments& arguments);

int versionCommand();

}  // namespace jh
