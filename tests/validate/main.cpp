// SPDX-License-Identifier: GPL-3.0-or-later
// The validation report: every oracle beside what the simulator gives.
#include <array>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include "tests/validate/chapters.h"
#include "tests/validate/report.h"

namespace jh::validate {

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: jh_validate [--chapter NAME]... [--all] [--out FOLDER | --check FOLDER]\n"
    "  --chapter NAME  only this one: statics, loads, modes, sideways, cells, r60, wiring,\n"
    "                  vehicles, site, wind, as-found\n"
    "  --all           every figure on the terminal, not only tables and what lies outside\n"
    "  --out FOLDER    writes FOLDER/validation.md and its pictures; of all chapters only\n"
    "  --check FOLDER  compares with those; of some chapters, only what belongs to them\n";

struct Entry {
    std::string_view name;
    Chapter (*compute)();
};
constexpr std::array<Entry, 11> entries{{{"statics", statics},
                                         {"loads", loads},
                                         {"modes", modes},
                                         {"sideways", sideways},
                                         {"cells", cells},
                                         {"r60", r60},
                                         {"wiring", wiring},
                                         {"vehicles", vehicles},
                                         {"site", site},
                                         {"wind", wind},
                                         {"as-found", asFound}}};

struct Wish {
    std::vector<std::string_view> chapters;
    bool all{};
    fs::path out, check;
};

bool parse(const std::vector<std::string_view>& words, Wish& wish) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--all") {
            wish.all = true;
            continue;
        }
        if (i + 1 == words.size()) return false;
        const std::string_view value = words[i + 1];
        if (words[i] == "--chapter") {
            bool known = false;
            for (const Entry& entry : entries) known |= entry.name == value;
            if (!known) return false;
            wish.chapters.push_back(value);
        } else if (words[i] == "--out") {
            wish.out = value;
        } else if (words[i] == "--check") {
            wish.check = value;
        } else {
            return false;
        }
        ++i;
    }
    return wish.out.empty() || (wish.chapters.empty() && wish.check.empty());
}

bool wished(const Wish& wish, std::string_view name) {
    for (const std::string_view one : wish.chapters) {
        if (one == name) return true;
    }
    return wish.chapters.empty();
}

std::string textOf(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

bool write(const fs::path& file, const std::string& text) {
    std::ofstream out{file, std::ios::binary};
    out << text;
    out.close();
    if (!out) std::fprintf(stderr, "jh_validate: cannot write %s\n", file.c_str());
    return !out.fail();
}

bool writeReport(const std::vector<Chapter>& chapters, const fs::path& folder) {
    std::error_code error;
    fs::remove_all(folder / "validation", error);
    fs::create_directories(folder / "validation", error);
    bool good = write(folder / "validation.md", reportText(chapters));
    for (const Chapter& chapter : chapters) {
        for (const Table& table : chapter.tables) {
            for (const Chart& chart : table.charts) {
                good &= write(folder / "validation" / (chart.file + ".svg"), svgText(chart.plot));
            }
        }
    }
    if (good) std::printf("report: %s\n", (folder / "validation.md").c_str());
    return good;
}

/// Says what is stale.
bool isReport(const Chapter& chapter, const fs::path& folder) {
    const auto stale = [](const fs::path& file, const std::string& what) {
        std::printf("%s is stale: %s; run ./dev validate\n", file.c_str(), what.c_str());
        return false;
    };
    const fs::path report = folder / "validation.md";
    const std::string text = textOf(report);
    std::string own = chapterText(chapter);
    own.pop_back();  // the last chapter ends without an empty line
    bool same = text.find(own) != std::string::npos || stale(report, chapter.title);
    same &= text.find(summaryLine(chapter)) != std::string::npos || stale(report, "its summary");
    for (const Table& table : chapter.tables) {
        for (const Chart& chart : table.charts) {
            const fs::path file = folder / "validation" / (chart.file + ".svg");
            same &= textOf(file) == svgText(chart.plot) || stale(file, chart.plot.title);
        }
    }
    return same;
}

int run(const Wish& wish) {
    std::vector<Chapter> chapters;
    bool good = true;
    for (const Entry& entry : entries) {
        if (!wished(wish, entry.name)) continue;
        const Chapter chapter = entry.compute();
        std::printf("%s", consoleText(chapter, wish.all).c_str());
        std::fflush(stdout);
        good &= chapter.wrong() == 0;
        if (!wish.check.empty()) good &= isReport(chapter, wish.check);
        chapters.push_back(chapter);
    }
    if (!wish.out.empty()) good &= writeReport(chapters, wish.out);
    return good ? 0 : 1;
}

}  // namespace

}  // namespace jh::validate

int main(int count, char** words) try {
    jh::validate::Wish wish;
    if (!jh::validate::parse({words + 1, words + count}, wish)) {
        std::fprintf(stderr, "%s", jh::validate::usage);
        return 2;
    }
    return jh::validate::run(wish);
} catch (const std::exception& e) {
    std::fprintf(stderr, "jh_validate: %s\n", e.what());
    return 2;
}
