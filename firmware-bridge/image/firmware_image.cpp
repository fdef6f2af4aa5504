// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/image/firmware_image.h"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "firmware-bridge/image/elf_symbols.h"

namespace jh {

namespace {

/// avr-gcc's addresses of what is not flash.
constexpr std::uint32_t avrData = 0x800000, avrEeprom = 0x810000, avrFuses = 0x820000;
/// Flash of the largest part here is 256 KiB; Cortex-M3 parts have up to 1 MiB.
constexpr std::size_t mostFlash = 1U << 20U;

void place(std::vector<std::uint8_t>& memory, std::size_t address,
           std::span<const std::uint8_t> bytes) {
    if (memory.size() < address + bytes.size()) memory.resize(address + bytes.size(), 0xFF);
    std::copy(bytes.begin(), bytes.end(), memory.begin() + static_cast<std::ptrdiff_t>(address));
}

/// Closes what libelf opened.
struct OpenElf {
    Elf* elf{};
    ~OpenElf() { elf_end(elf); }
};

void readSegments(Elf* elf, std::span<const std::uint8_t> file, FirmwareImage& image,
                  std::string& problem) {
    std::size_t count = 0;
    elf_getphdrnum(elf, &count);
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr part{};
        if (gelf_getphdr(elf, static_cast<int>(i), &part) == nullptr) continue;
        if (part.p_type != PT_LOAD || part.p_filesz == 0) continue;
        if (part.p_offset > file.size() || part.p_filesz > file.size() - part.p_offset) {
            problem = "the file ends before what it says it holds";
            return;
        }
        const auto bytes = file.subspan(part.p_offset, part.p_filesz);
        const auto at = static_cast<std::uint32_t>(part.p_paddr);
        const bool avr = image.machine == FirmwareImage::Machine::avr;
        if (avr && at >= avrFuses) continue;
        if (avr && at >= avrEeprom) {
            place(image.eeprom, at - avrEeprom, bytes);
        } else if (at + bytes.size() <= mostFlash) {
            place(image.flash, at, bytes);
        } else {
            problem = "part of the program lies beyond the flash";
            return;
        }
    }
}

void readSymbols(Elf* elf, FirmwareImage& image) {
    const bool avr = image.machine == FirmwareImage::Machine::avr;
    forEachSymbol(elf, [&](const GElf_Sym& symbol, const char* text) {
        const std::string name{text};
        const auto at = static_cast<std::uint32_t>(symbol.st_value);
        if (name == "_end" || name == "__heap_start") {
            image.ramUsedTo = avr && at >= avrData ? at - avrData : at;
        }
        const int type = GELF_ST_TYPE(symbol.st_info);
        const bool label = type == STT_NOTYPE && !name.empty() && name[0] != '.' &&
                           name.rfind("__", 0) != 0 && symbol.st_shndx != SHN_ABS;
        if ((type == STT_FUNC || label) && at < avrData) {
            // Bit 0 of an ARM address says Thumb.
            image.functions[avr ? at : at & ~1U] = name;
        }
    });
}

/// Opens a file in memory, which libelf only reads; null where that is no ELF file.
Elf* openElf(std::vector<char>& file) {
    if (elf_version(EV_CURRENT) == EV_NONE) return nullptr;
    return elf_memory(file.data(), file.size());
}

/// avr-gcc's note on the device: memory sizes, then an offset into the names that follow.
void readDevice(Elf* elf, FirmwareImage& image) {
    constexpr std::size_t noteHead = 16, offsetAt = noteHead + 28, namesAt = noteHead + 32;
    std::size_t names = 0;
    elf_getshdrstrndx(elf, &names);
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
         section = elf_nextscn(elf, section)) {
        GElf_Shdr header{};
        if (gelf_getshdr(section, &header) == nullptr) continue;
        const char* name = elf_strptr(elf, names, header.sh_name);
        if (name == nullptr || std::string_view{name} != ".note.gnu.avr.deviceinfo") continue;
        const Elf_Data* data = elf_rawdata(section, nullptr);
        if (data == nullptr || data->d_buf == nullptr || data->d_size <= namesAt) return;
        const std::string_view note{static_cast<const char*>(data->d_buf), data->d_size};
        const std::size_t begin = namesAt + static_cast<unsigned char>(note[offsetAt]);
        if (begin < note.size()) image.mcu = note.substr(begin, note.find('\0', begin) - begin);
        return;
    }
}

FirmwareImage readElf(std::span<const std::uint8_t> file, std::string& problem) {
    FirmwareImage image;
    std::vector<char> copy(file.begin(), file.end());
    const OpenElf open{openElf(copy)};
    GElf_Ehdr header{};
    if (open.elf == nullptr || gelf_getehdr(open.elf, &header) == nullptr) {
        problem = "an ELF file that cannot be read";
        return image;
    }
    image.machine = header.e_machine == EM_AVR   ? FirmwareImage::Machine::avr
                    : header.e_machine == EM_ARM ? FirmwareImage::Machine::arm
                                                 : FirmwareImage::Machine::unknown;
    if (image.machine == FirmwareImage::Machine::unknown) {
        problem = "a program for another machine (ELF number " + std::to_string(header.e_machine) +
                  "); expected AVR (83) or ARM (40)";
        return image;
    }
    readSegments(open.elf, file, image, problem);
    if (problem.empty() && image.flash.empty()) problem = "it holds no program";
    if (problem.empty()) readSymbols(open.elf, image);
    if (problem.empty()) readDevice(open.elf, image);
    return image;
}

std::optional<std::vector<std::uint8_t>> bytesOf(std::string_view hex) {
    std::vector<std::uint8_t> bytes;
    for (; hex.size() >= 2; hex.remove_prefix(2)) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + 2, value, 16);
        if (error != std::errc{} || end != hex.data() + 2) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(value));
    }
    if (!hex.empty()) return std::nullopt;
    return bytes;
}

/// One record without its colon: what is wrong with it, or nothing.
std::string takeRecord(std::string_view text, std::uint32_t& base, bool& ended,
                       FirmwareImage& image) {
    constexpr std::size_t frame = 5;  // length, address, type, checksum
    const auto bytes = bytesOf(text);
    if (!bytes) return "no pairs of hexadecimal digits";
    if (bytes->size() < frame || bytes->size() != frame + (*bytes)[0]) {
        return "its length is not the one it tells";
    }
    std::uint8_t sum = 0;
    for (const std::uint8_t byte : *bytes) sum = static_cast<std::uint8_t>(sum + byte);
    if (sum != 0) return "its checksum is wrong";
    const std::span<const std::uint8_t> data{bytes->data() + 4, (*bytes)[0]};
    const std::uint32_t address = (std::uint32_t{(*bytes)[1]} << 8U) | (*bytes)[2];
    const auto word = [&] { return (std::uint32_t{data[0]} << 8U) | data[1]; };
    switch ((*bytes)[3]) {
        case 0:
            if (base + address + data.size() > mostFlash) return "it lies beyond the flash";
            place(image.flash, base + address, data);
            return {};
        case 1:
            ended = true;
            return {};
        case 2:
            if (data.size() != 2) return "a base of two bytes was expected";
            base = word() * 16;
            return {};
        case 4:
            if (data.size() != 2) return "a base of two bytes was expected";
            base = word() << 16U;
            return {};
        case 3:
        case 5:
            return {};  // where a PC would begin; a microcontroller begins at 0
        default:
            return "a record of a kind that Intel HEX does not have";
    }
}

FirmwareImage readHex(std::string_view text, std::string& problem) {
    FirmwareImage image;
    std::uint32_t base = 0;
    bool ended = false;
    for (int line = 1; !text.empty() && !ended; ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view record = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!record.empty() && (record.back() == '\r' || record.back() == ' ')) {
            record.remove_suffix(1);
        }
        if (record.empty()) continue;
        std::string wrong = "a record begins with a colon";
        if (record.front() == ':') wrong = takeRecord(record.substr(1), base, ended, image);
        if (wrong.empty()) continue;
        problem = "line " + std::to_string(line) + ": " + wrong;
        return image;
    }
    if (!ended) problem = "the record that ends a HEX file is missing";
    if (problem.empty() && image.flash.empty()) problem = "it holds no program";
    return image;
}

}  // namespace

std::string FirmwareImage::functionAt(std::uint32_t address) const {
    auto next = functions.upper_bound(address);
    if (next == functions.begin()) return {};
    --next;
    const std::uint32_t into = address - next->first;
    return into == 0 ? next->second : next->second + "+" + std::to_string(into);
}

FirmwareImage symbolsOf(std::span<const std::uint8_t> file) {
    FirmwareImage image;
    std::vector<char> copy(file.begin(), file.end());
    const OpenElf open{openElf(copy)};
    if (open.elf != nullptr) readSymbols(open.elf, image);
    return image;
}

FirmwareImage readFirmware(std::span<const std::uint8_t> file, std::string& problem) {
    constexpr std::string_view elfMagic{"\177ELF"};
    const std::string_view text{reinterpret_cast<const char*>(file.data()), file.size()};
    problem.clear();
    if (text.substr(0, elfMagic.size()) == elfMagic) return readElf(file, problem);
    const auto first = text.find_first_not_of(" \r\n\t");
    if (first != std::string_view::npos && text[first] == ':') return readHex(text, problem);
    problem = "neither an ELF file nor an Intel HEX file";
    return {};
}

std::string otherChip(const FirmwareImage& image, const std::string& mcu) {
    const auto kindOf = [](const std::string& name) {
        return name.substr(0, name.find_last_of("0123456789") + 1);
    };
    if (image.mcu.empty() || kindOf(image.mcu) == kindOf(mcu)) return {};
    return "built for " + image.mcu + "; the board has an " + mcu;
}

}  // namespace jh
