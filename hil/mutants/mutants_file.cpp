// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/mutants/mutants_file.h"

#include <fmt/format.h>

#include <set>

#include "hil/scenario/parts.h"
#include "hil/suite/whole_file.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// The folder of the document that this key stands in.
fs::path folderOf(Fields& fields, const std::string& key) {
    const auto place = fields.at(key);
    return place->node()->source->folder;
}

void describeMutant(Fields& fields, Mutant& mutant) {
    fields.need({"id", "kind", "defect", "file", "find"});
    fields.value("id", mutant.id);
    fields.value("kind", mutant.kind);
    fields.value("defect", mutant.defect);
    fields.value("file", mutant.file);
    fields.value("find", mutant.find);
    fields.value("replace", mutant.replace);
    fields.value("why_not", mutant.whyNot);
    if (!fields.sound({"file", "find"}) || mutant.file.empty() || mutant.find.empty()) return;
    const auto text = readWhole(folderOf(fields, "file") / mutant.file);
    if (!text) return fields.problem("file", text.error());
    const std::size_t found = stretchesOf(mutant.find, *text).size();
    if (found == 1) return;
    fields.problem("find", fmt::format("stands {} times in {}; expected once", found, mutant.file));
}

struct ProgramText {
    std::string include;
    std::vector<std::string> sources;
};

void describeProgram(Fields& fields, ProgramText& program) {
    fields.need({"include", "sources"});
    fields.value("include", program.include);
    fields.value("sources", program.sources);
    if (!fields.sound({"sources"})) return;
    for (const std::string& source : program.sources) {
        if (fs::is_regular_file(folderOf(fields, "sources") / source)) continue;
        fields.problem("sources", fmt::format("there is no file '{}'", source));
    }
}

void describeFile(Fields& fields, MutantsFile& file) {
    ProgramText program;
    fields.need({"title", "board", "program", "scenarios", "examined", "mutants"});
    fields.value("title", file.title);
    fields.value("board", file.board);
    fields.value("program", program, describeProgram);
    fields.value("scenarios", file.scenarios);
    fields.value("examined", file.examined);
    fields.value("mutants", file.mutants, describeMutant);
    file.include = program.include;
    file.sources = program.sources;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < file.mutants.size(); ++i) {
        if (ids.insert(file.mutants[i].id).second) continue;
        fields.problem("mutants", fmt::format("'{}' is there twice", file.mutants[i].id));
    }
}

bool isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Length of the text that `find` matches from its begin; 0: none.
std::size_t matched(std::string_view find, std::string_view text) {
    std::size_t f = 0, t = 0;
    while (f < find.size()) {
        if (t == text.size()) return 0;
        if (isBlank(find[f]) != isBlank(text[t])) return 0;
        if (!isBlank(find[f])) {
            if (find[f++] != text[t++]) return 0;
            continue;
        }
        while (f < find.size() && isBlank(find[f])) ++f;
        while (t < text.size() && isBlank(text[t])) ++t;
    }
    return t;
}

}  // namespace

std::vector<Stretch> stretchesOf(std::string_view find, std::string_view text) {
    std::vector<Stretch> found;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        const std::size_t size = matched(find, text.substr(begin));
        if (size > 0) found.push_back({begin, size});
    }
    return found;
}

Expected<MutantsFile, Diagnostics> loadMutants(const fs::path& path) {
    Diagnostics diagnostics;
    MutantsFile file;
    std::error_code error;
    file.folder = fs::absolute(path, error).parent_path();
    if (const auto document = openDocument(path, "mutants", diagnostics)) {
        readInto(file, document->root, "", describeFile, diagnostics);
    }
    putInOrder(diagnostics);
    if (!diagnostics.empty()) return Unexpected<Diagnostics>{std::move(diagnostics)};
    return file;
}

}  // namespace jh
