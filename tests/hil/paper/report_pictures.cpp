// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the pictures of docs/read-a-report.md into a folder: report_pictures FOLDER
#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "hil/paper/drawings.h"
#include "hil/paper/html_style.h"
#include "tests/hil/paper/stored_sample.h"

using namespace jh;

namespace {

/// A scale with something to show: a span 0.04 % too wide, friction on the way down, one corner far
/// too high and its neighbour a little low.
StoredRecord illustration() {
    return test::storedSample(Verdict::pass, [](test::SampleRun& sample) {
        sample.device.response = [most = ExactMass{}](const test::OnDeck& d) mutable {
            most = d.mass == ExactMass{} ? d.mass : std::max(most, d.mass);
            const bool blocks = d.of(LoadKind::block) > 0 && d.support.has_value();
            if (blocks && *d.support == 2) return d.mass + ExactMass::kg(26);
            if (blocks && *d.support == 4) return d.mass - ExactMass::kg(12);
            return d.mass + d.mass.dividedBy(2500) + (most - d.mass).dividedBy(8000);
        };
    });
}

/// The drawing as a file of its own, with the rules of the page's style that are for drawings.
std::string standalone(std::string svg) {
    std::string rules;
    std::istringstream style{htmlStyle};
    for (std::string line; std::getline(style, line);) {
        if (line.starts_with("svg ")) rules += line + "\n";
    }
    const std::size_t end = svg.find('>') + 1;
    svg.insert(end,
               "\n<!-- SPDX-License-Identifier: GPL-3.0-or-later; drawn by "
               "tests/hil/paper/report_pictures.cpp -->\n<style>\n" +
                   rules + "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    svg.insert(std::string{"<svg"}.size(),
               " xmlns=\"http://www.w3.org/2000/svg\" font-size=\"13\" fill=\"#1b1f24\" "
               "font-family=\"'Noto Sans', 'DejaVu Sans', Arial, sans-serif\"");
    return svg;
}

void save(const std::filesystem::path& file, const std::string& svg) {
    std::ofstream{file} << standalone(svg);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    try {
        const std::filesystem::path folder = arguments[1];
        const StoredRecord record = illustration();
        const Say say{Language::en};
        save(folder / "error-curve.svg",
             errorCurveSvg(record, test::testOf(record, "weighing"), say));
        save(folder / "eccentricity-map.svg",
             deckMapSvg(record, test::testOf(record, "eccentricity"), say));
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
