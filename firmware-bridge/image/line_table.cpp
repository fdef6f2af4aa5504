// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/image/line_table.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "firmware-bridge/image/elf_symbols.h"

namespace jh {

namespace {

/// avr-gcc's addresses from here on are not flash.
constexpr std::uint32_t avrData = 0x800000;

/// Closes what the libraries opened.
struct OpenFile {
    Elf* elf{};
    Dwarf* dwarf{};
    ~OpenFile() {
        dwarf_end(dwarf);
        elf_end(elf);
    }
};

using Places = std::vector<std::pair<Dwarf_Addr, Dwarf_Addr>>;

/// A function that the linker threw away still stands in the tables, at address 0.
int placeOf(Dwarf_Die* function, void* places) {
    Dwarf_Addr base = 0, from = 0, to = 0;
    for (std::ptrdiff_t at = 0; (at = dwarf_ranges(function, at, &base, &from, &to)) > 0;) {
        static_cast<Places*>(places)->emplace_back(from, from == 0 ? 0 : to);
    }
    return DWARF_CB_OK;
}

class RowReader {
public:
    explicit RowReader(LineTable& table) : table_{table} {}

    void unit(Dwarf_Die* die) {
        Dwarf_Lines* lines = nullptr;
        std::size_t count = 0;
        if (dwarf_getsrclines(die, &lines, &count) != 0) return;
        Dwarf_Attribute attribute{};
        const char* folder = dwarf_formstring(dwarf_attr(die, DW_AT_comp_dir, &attribute));
        folder_ = folder == nullptr ? "" : folder;
        places_.clear();
        dwarf_getfuncs(die, placeOf, &places_, 0);
        for (std::size_t i = 0; i + 1 < count; ++i) {
            row(dwarf_onesrcline(lines, i), dwarf_onesrcline(lines, i + 1));
        }
    }

private:
    void row(Dwarf_Line* line, Dwarf_Line* next) {
        Dwarf_Addr from = 0, to = 0;
        int number = 0;
        bool end = false;
        const char* name = dwarf_linesrc(line, nullptr, nullptr);
        if (name == nullptr || dwarf_lineaddr(line, &from) != 0 || dwarf_lineaddr(next, &to) != 0 ||
            dwarf_lineno(line, &number) != 0 || dwarf_lineendsequence(line, &end) != 0) {
            return;
        }
        if (end || number <= 0 || from >= avrData || to < from || !burnt(from)) return;
        // A line without code of its own is passed with the code that follows.
        constexpr Dwarf_Addr word = 2;
        to = std::max(to, from + word);
        table_.rows.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to),
                               fileNamed(name), number});
    }
    /// A unit in assembler has no functions, and all that it has.
    bool burnt(Dwarf_Addr at) const {
        return places_.empty() || std::any_of(places_.begin(), places_.end(), [at](const auto& p) {
                   return p.first <= at && at < p.second;
               });
    }
    std::size_t fileNamed(const char* name) {
        const auto path = (std::filesystem::path{folder_} / name).lexically_normal().string();
        const auto [at, made] = numbers_.try_emplace(path, table_.files.size());
        if (made) table_.files.push_back(path);
        return at->second;
    }

    LineTable& table_;
    Places places_;  ///< of the functions of this unit
    std::string folder_;
    std::map<std::string, std::size_t> numbers_;
};

void readFunctions(Elf* elf, LineTable& table) {
    std::map<std::uint32_t, LineTable::Function> found;
    forEachSymbol(elf, [&](const GElf_Sym& symbol, const char* name) {
        const bool function = GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_size != 0;
        if (!function || symbol.st_value >= avrData) return;
        const auto from = static_cast<std::uint32_t>(symbol.st_value);
        const auto size = static_cast<std::uint32_t>(symbol.st_size);
        found.try_emplace(from, LineTable::Function{name, from, from + size});
    });
    for (auto& [from, function] : found) table.functions.push_back(std::move(function));
}

}  // namespace

const LineTable::Row* LineTable::rowAt(std::uint32_t address) const {
    const auto found = std::find_if(rows.begin(), rows.end(), [address](const Row& row) {
        return row.from <= address && address < row.to;
    });
    return found == rows.end() ? nullptr : &*found;
}

LineTable lineTableOf(std::span<const std::uint8_t> file) {
    LineTable table;
    if (elf_version(EV_CURRENT) == EV_NONE) return table;
    std::vector<char> copy(file.begin(), file.end());
    OpenFile open;
    open.elf = elf_memory(copy.data(), copy.size());
    if (open.elf == nullptr || elf_kind(open.elf) != ELF_K_ELF) return table;
    readFunctions(open.elf, table);
    open.dwarf = dwarf_begin_elf(open.elf, DWARF_C_READ, nullptr);
    if (open.dwarf == nullptr) return table;
    RowReader reader{table};
    Dwarf_Off at = 0, next = 0;
    std::size_t head = 0;
    for (; dwarf_nextcu(open.dwarf, at, &next, &head, nullptr, nullptr, nullptr) == 0; at = next) {
        Dwarf_Die die{};
        if (dwarf_offdie(open.dwarf, at + head, &die) != nullptr) reader.unit(&die);
    }
    return table;
}

}  // namespace jh
