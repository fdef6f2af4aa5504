// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gelf.h>
#include <libelf.h>

namespace jh {

/// Calls `each(symbol, name)` for every symbol of an ELF file that has a name.
template <class Each>
void forEachSymbol(Elf* elf, const Each& each) {
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
         section = elf_nextscn(elf, section)) {
        GElf_Shdr header{};
        if (gelf_getshdr(section, &header) == nullptr || header.sh_type != SHT_SYMTAB) continue;
        Elf_Data* data = elf_getdata(section, nullptr);
        if (data == nullptr || header.sh_entsize == 0) continue;
        const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
        for (int i = 0; i < count; ++i) {
            GElf_Sym symbol{};
            if (gelf_getsym(data, i, &symbol) == nullptr) continue;
            const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
            if (name != nullptr) each(symbol, name);
        }
    }
}

}  // namespace jh
