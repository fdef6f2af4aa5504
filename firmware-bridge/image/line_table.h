// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace jh {

/// Which addresses of a program belong to which lines of its source, and where its functions are.
/// Addresses are in flash, the last one not included.
struct LineTable {
    struct Row {
        std::uint32_t from{}, to{};
        std::size_t file{};  ///< of `files`
        int line{};
    };
    struct Function {
        std::string name;
        std::uint32_t from{}, to{};
    };
    std::vector<std::string> files;
    std::vector<Row> rows;            ///< none where it was built without -g
    std::vector<Function> functions;  ///< by address; from symbols that tell their size

    /// The row that holds this address; null if none does.
    const Row* rowAt(std::uint32_t address) const;
};

/// Of an ELF file, by its DWARF line tables and symbols; empty for any other.
LineTable lineTableOf(std::span<const std::uint8_t> file);

}  // namespace jh
