// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace jh {

/// A program as it is burnt: from an ELF file or an Intel HEX file.
struct FirmwareImage {
    enum class Machine { unknown, avr, arm };
    Machine machine{Machine::unknown};  ///< a HEX file does not tell
    std::string mcu;                    ///< that an AVR program was built for, if the file tells
    std::vector<std::uint8_t> flash;    ///< from address 0 on; 0xFF where nothing stands
    std::vector<std::uint8_t> eeprom;
    std::map<std::uint32_t, std::string> functions;  ///< address in flash -> name, from symbols
    /// Heap and variables end here in RAM, where symbols tell it: the stack must stay above.
    std::optional<std::uint32_t> ramUsedTo;

    /// The function that holds this address, with the distance from its begin; empty if unknown.
    std::string functionAt(std::uint32_t address) const;
};

/// What a file holds; `problem` says what is wrong with it and where (line of a HEX file).
/// Recognised by content. ELF by System V ABI 4.1, HEX by the Intel specification of 1988.
FirmwareImage readFirmware(std::span<const std::uint8_t> file, std::string& problem);
/// "built for atmega328p; the board has an atmega1284p"; empty where it fits, or nobody can tell.
/// atmega328 and atmega328p run the same programs.
std::string otherChip(const FirmwareImage& image, const std::string& mcu);
/// The functions alone, of an ELF file for whatever machine; none where it has no symbols.
FirmwareImage symbolsOf(std::span<const std::uint8_t> file);

}  // namespace jh
