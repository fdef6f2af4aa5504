// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/procedure/record.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// The record of one run as JSON text (docs/record.md, docs/schema/record.schema.json). It grows as
/// the run goes: what is finished is kept as text, so that writing the whole file is only copying.
class RecordFile {
public:
    /// An empty path keeps the record in memory only.
    RecordFile(const Scenario& scenario, std::filesystem::path path);

    /// The signal source that stands in for the cells; before anything is measured.
    void source(const SourceUncertainty& source, ExactMass max);
    /// How a run by the clock kept its time, a JSON object; before the end.
    void loop(std::string json) { loop_ = std::move(json); }
    /// What an emulated firmware let be known, a JSON object; before the end.
    void firmware(std::string json) { firmware_ = std::move(json); }
    void step(const WorkStep& step);
    void second(std::uint64_t stateHash);
    /// A test has a new measurement or has ended; writes the file, verdict `interrupted`.
    void test(const TestResult& test);
    /// The end: the whole record with its verdict.
    void finish(const VerificationResult& result, SimTime now, std::uint64_t transactions);

    const std::string& text() const { return text_; }
    /// Why the file could not be written; empty when all is well.
    const std::string& problem() const { return problem_; }

private:
    void compose(const char* verdict, const std::string& cause, SimTime now,
                 const std::string& tail);
    void write();

    std::filesystem::path path_;
    MassUnit unit_;
    std::string head_, steps_, hashes_, loop_, firmware_, text_, problem_;
    std::vector<std::string> testIds_, tests_;
    SimTime lastTime_{};
};

}  // namespace jh
