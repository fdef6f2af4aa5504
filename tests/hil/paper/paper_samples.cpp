// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pages and forms of every verdict in both languages into a folder: paper_samples FOLDER
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "hil/paper/forms.h"
#include "hil/paper/html_report.h"
#include "tests/hil/paper/stored_sample.h"

using namespace jh;

namespace {

void save(const std::filesystem::path& file, const std::string& text) {
    std::ofstream{file} << text;
}

void writeSamples(const std::filesystem::path& folder, Verdict verdict) {
    StoredRecord record = test::storedSample(verdict);
    record.scenario.name = R"(a <&"> b 'c')";
    for (const Language language : {Language::en, Language::zh}) {
        const std::string name =
            std::string{word(verdict)} + (language == Language::zh ? "-zh" : "-en");
        save(folder / (name + "-report.html"), htmlReport(record, {language, false}));
        for (const std::string& form : formNames()) {
            if (!formProblem(record, formNamed(form)).empty()) continue;
            save(folder / (name + "-" + form + ".html"),
                 formHtml(record, formNamed(form), language));
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::error,
                                      Verdict::invalid, Verdict::interrupted}) {
            writeSamples(arguments[1], verdict);
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
