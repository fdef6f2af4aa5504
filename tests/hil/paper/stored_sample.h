// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include "hil/report/read_record.h"
#include "hil/report/record_file.h"
#include "tests/hil/report/sample_results.h"

namespace jh::test {

/// A record of the ideal scale with this verdict, written and read back.
inline StoredRecord storedSample(Verdict verdict,
                                 const std::function<void(SampleRun&)>& change = nullptr) {
    SampleRun sample;
    sample.prepareFor(verdict);
    if (change) change(sample);
    RecordFile file{sample.scenario, {}};
    if (sample.source) file.source(*sample.source, sample.scenario.scale.max());
    sample.listener.onStep = [&](const WorkStep& step) { file.step(step); };
    file.second(0x1234);
    file.second(0x5678);
    file.finish(sample.run(), sample.device.now(), 55);
    auto record = readRecord(file.text(), "sample.json");
    if (!record) throw std::runtime_error{record.error().front().text()};
    return *record;
}

inline const TestResult& testOf(const StoredRecord& record, const std::string& id) {
    for (const TestResult& test : record.result.tests) {
        if (test.rule.id == id) return test;
    }
    throw std::runtime_error{"no test " + id};
}

inline std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

}  // namespace jh::test
