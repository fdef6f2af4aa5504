// SPDX-License-Identifier: GPL-3.0-or-later
// Writes records and JUnit files of every verdict into a folder: report_samples FOLDER
#include <exception>
#include <fstream>
#include <iostream>

#include "hil/report/record_file.h"
#include "hil/report/text_table.h"
#include "tests/hil/report/sample_results.h"

using namespace jh;

namespace {

void save(const std::filesystem::path& file, const std::string& text) {
    std::ofstream{file} << text;
}

void writeSamples(const std::filesystem::path& folder, Verdict verdict, bool onSource = false) {
    test::SampleRun sample;
    sample.prepareFor(verdict);
    if (onSource) sample.onSource();
    sample.scenario.name = R"(a <&"> b 'c')";
    const std::string name = std::string{onSource ? "source-" : ""} + word(verdict);
    RecordFile record{sample.scenario, folder / (name + ".json")};
    if (onSource) record.source(*sample.source, sample.scenario.scale.max());
    sample.listener.onStep = [&](const WorkStep& step) {
        record.step(step);
        record.second(0x1234 + record.text().size());
    };
    int moments = 0;
    const auto keep = [&](const TestResult& test) {
        record.test(test);
        save(folder / (name + "-moment-" + std::to_string(moments++) + ".json"), record.text());
    };
    sample.listener.onMeasurement = keep;
    sample.listener.onTestEnd = keep;
    const VerificationResult result = sample.run();
    record.finish(result, sample.device.now(), 4321);
    save(folder / (name + ".xml"), junitXml(sample.scenario, result));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        // not_run is a verdict of tests, not of a verification.
        for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::error,
                                      Verdict::invalid, Verdict::interrupted}) {
            writeSamples(arguments[1], verdict);
        }
        writeSamples(arguments[1], Verdict::pass, true);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
