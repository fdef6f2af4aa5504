// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/firmware_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "firmware-bridge/image/firmware_image.h"
#include "firmware-bridge/image/line_table.h"
#include "hil/cli/console.h"

namespace jh {

namespace {

std::vector<std::uint8_t> bytesOf(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

int countAt(const std::vector<int>& counts, std::uint32_t address) {
    return address / 2 < counts.size() ? counts[address / 2] : 0;
}

int mostIn(const std::vector<int>& counts, std::uint32_t from, std::uint32_t to) {
    int most = 0;
    for (std::uint32_t at = from; at < to; at += 2) most = std::max(most, countAt(counts, at));
    return most;
}

/// LDS, STS, JMP and CALL have two words (AVR instruction set manual); no other has.
std::uint32_t bytesAt(const std::vector<std::uint8_t>& flash, std::uint32_t at) {
    if (at + 1 >= flash.size()) return 2;
    const unsigned word = unsigned{flash[at]} | unsigned{flash[at + 1]} << 8U;
    const bool address = (word & 0xFE0FU) == 0x9000U || (word & 0xFE0FU) == 0x9200U;
    return address || (word & 0xFE0CU) == 0x940CU ? 4 : 2;
}

struct Share {
    int executed{}, all{};  ///< instructions
    double percent() const { return all == 0 ? 0.0 : 100.0 * executed / all; }
};

Share shareOf(const LineTable::Function& function, const std::vector<std::uint8_t>& flash,
              const std::vector<int>& counts) {
    Share share;
    for (std::uint32_t at = function.from; at < function.to; at += bytesAt(flash, at)) {
        ++share.all;
        if (countAt(counts, at) > 0) ++share.executed;
    }
    return share;
}

struct SourceFile {
    std::map<int, int> lines;
    std::map<std::string, std::pair<int, int>> functions;  ///< first line, count
};

void addImage(const LineTable& table, const std::vector<int>& counts,
              std::map<std::string, SourceFile>& sources) {
    std::map<std::pair<std::size_t, int>, int> lines;
    for (const LineTable::Row& row : table.rows) {
        int& count = lines[{row.file, row.line}];
        count = std::max(count, mostIn(counts, row.from, row.to));
    }
    for (const auto& [place, count] : lines) {
        sources[table.files[place.first]].lines[place.second] += count;
    }
    for (const LineTable::Function& function : table.functions) {
        const LineTable::Row* row = table.rowAt(function.from);
        if (row == nullptr) continue;
        auto& told = sources[table.files[row->file]].functions[function.name];
        told.first = row->line;
        told.second += countAt(counts, function.from);
    }
}

template <class Map, class Count>
std::pair<std::size_t, std::size_t> foundAndHit(const Map& map, Count count) {
    const auto hit = std::count_if(map.begin(), map.end(),
                                   [&](const auto& entry) { return count(entry.second) > 0; });
    return {map.size(), static_cast<std::size_t>(hit)};
}

std::string infoOf(const std::string& name, const SourceFile& source) {
    std::string text = fmt::format("TN:\nSF:{}\n", name);
    for (const auto& [function, told] : source.functions) {
        text += fmt::format("FN:{},{}\n", told.first, function);
    }
    for (const auto& [function, told] : source.functions) {
        text += fmt::format("FNDA:{},{}\n", told.second, function);
    }
    const auto functions =
        foundAndHit(source.functions, [](const auto& told) { return told.second; });
    text += fmt::format("FNF:{}\nFNH:{}\n", functions.first, functions.second);
    for (const auto& [line, count] : source.lines) text += fmt::format("DA:{},{}\n", line, count);
    const auto lines = foundAndHit(source.lines, [](int count) { return count; });
    return text + fmt::format("LF:{}\nLH:{}\nend_of_record\n", lines.first, lines.second);
}

/// Those that were executed whole are only counted.
std::string functionsText(const LineTable& table, const std::vector<std::uint8_t>& flash,
                          const std::vector<int>& counts) {
    std::vector<std::pair<Share, std::string>> functions;
    for (const LineTable::Function& function : table.functions) {
        functions.emplace_back(shareOf(function, flash, counts), function.name);
    }
    std::stable_sort(functions.begin(), functions.end(), [](const auto& a, const auto& b) {
        return a.first.percent() < b.first.percent();
    });
    std::string text;
    int whole = 0;
    for (const auto& [share, name] : functions) {
        if (share.executed == share.all) {
            ++whole;
            continue;
        }
        text += fmt::format("  {:5.1f} %  {:>5} of {:>5}  {}{}\n", share.percent(), share.executed,
                            share.all, name, share.executed == 0 ? "  never entered" : "");
    }
    return text + fmt::format("  {} of {} functions whole\n", whole, functions.size());
}

}  // namespace

void FirmwareCoverage::add(const std::filesystem::path& image,
                           const std::vector<AddressRange>& executed) {
    Image& sum = images_[image.string()];
    ++sum.runs;
    for (const AddressRange& range : executed) {
        if (sum.counts.size() < range.to / 2) sum.counts.resize(range.to / 2);
        for (std::uint32_t at = range.from; at < range.to; at += 2) ++sum.counts[at / 2];
    }
}

std::string FirmwareCoverage::partText(const std::filesystem::path& image,
                                       const std::vector<AddressRange>& executed) {
    nlohmann::ordered_json json;
    json["image"] = image.string();
    json["executed"] = nlohmann::ordered_json::array();
    for (const AddressRange& range : executed) json["executed"].push_back({range.from, range.to});
    return json.dump() + "\n";
}

bool FirmwareCoverage::addPart(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("image") || !json.contains("executed")) return false;
    std::vector<AddressRange> executed;
    for (const auto& range : json["executed"]) executed.push_back({range[0], range[1]});
    add(json["image"].get<std::string>(), executed);
    return true;
}

std::string FirmwareCoverage::info() const {
    std::map<std::string, SourceFile> sources;
    for (const auto& [image, sum] : images_)
        addImage(lineTableOf(bytesOf(image)), sum.counts, sources);
    std::string text;
    for (const auto& [name, source] : sources) text += infoOf(name, source);
    return text;
}

std::string FirmwareCoverage::summary() const {
    std::string text;
    for (const auto& [image, sum] : images_) {
        const std::vector<std::uint8_t> bytes = bytesOf(image);
        std::string problem;
        const FirmwareImage program = readFirmware(bytes, problem);
        const LineTable table = lineTableOf(bytes);
        const auto executed = std::count_if(sum.counts.begin(), sum.counts.end(),
                                            [](int count) { return count > 0; });
        text += fmt::format("{}: {} run{}, {} instructions executed\n", image, sum.runs,
                            sum.runs == 1 ? "" : "s", executed);
        if (!table.functions.empty()) text += functionsText(table, program.flash, sum.counts);
    }
    return text;
}

std::vector<std::string> FirmwareCoverage::problems() const {
    std::vector<std::string> found;
    for (const auto& [image, sum] : images_) {
        const LineTable table = lineTableOf(bytesOf(image));
        if (!table.rows.empty()) continue;
        found.push_back(image + (table.functions.empty()
                                     ? ": it names neither lines nor functions; give the ELF file"
                                     : ": it names no lines; build it with -gdwarf-4 (plain -g of "
                                       "avr-gcc writes stabs)"));
    }
    return found;
}

std::string deliverCoverage(const FirmwareCoverage& coverage, const std::filesystem::path& file,
                            bool quiet) {
    if (!quiet) fmt::print("{}", coverage.summary());
    for (const std::string& problem : coverage.problems()) fmt::print(stderr, "{}\n", problem);
    const std::string text = coverage.info();
    if (!text.empty()) return writeText(file, text);
    fmt::print(stderr, "{} is not written: there is nothing to tell\n", file.string());
    return {};
}

std::string uncoverable(const Scenario& scenario) {
    if (!scenario.firmware || !scenario.firmware->emulated())
        return "has no `firmware` to be emulated";
    const std::string& host = scenario.firmware->board.host;
    if (host == "avr") return {};
    if (host == "native") {
        return "its firmware is compiled for this machine: build it with --coverage, and gcov "
               "tells "
               "what was reached";
    }
    return "QEMU does not note what a firmware executes; only an AVR's is noted";
}

}  // namespace jh
