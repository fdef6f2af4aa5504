// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/cli/run_scenario.h"
#include "hil/cli/start_firmware.h"

namespace jh {

/// Lets a debugger meet the firmware of a run where its first check fails. The record is the same
/// when it only looks.
class FirstFailure {
public:
    /// All of them outlive this.
    FirstFailure(RemoteHost& host, const FirmwareReport& report, const Scenario& scenario,
                 const RunOptions& options)
        : host_{host}, report_{report}, scenario_{scenario}, options_{options} {}

    void measured(const TestResult& test, SimTime now);
    void ended(const TestResult& test, SimTime now);
    /// The run has come to its end, perhaps because nobody answered any more.
    void over(const VerificationResult& result, SimTime now);

private:
    void serve(const std::string& what, SimTime now);
    bool givenUp() const { return options_.stop != nullptr && *options_.stop; }
    void awaitTracer() const;

    RemoteHost& host_;
    const FirmwareReport& report_;
    const Scenario& scenario_;
    const RunOptions& options_;
    bool served_{};
};

/// Why no debugger can meet the firmware of this scenario, and what to do; empty where one can.
std::string undebuggable(const Scenario& scenario);

}  // namespace jh
