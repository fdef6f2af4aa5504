// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "hil/mutants/mutants_file.h"
#include "hil/suite/whole_file.h"
#include "sim/base/hash.h"

namespace jh {

namespace {

namespace fs = std::filesystem;

/// Runs a program to its end with what it says in `log`; whether it went well.
bool ran(std::vector<std::string> words, const fs::path& log) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    constexpr mode_t readable = 0644;
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, readable);
    pid_t child = 0;
    const int failed =
        posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return false;
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// All that the object is made of: sources, the headers beside them, the defect.
std::uint64_t hashOf(const MutantsFile& file, const Mutant* mutant) {
    Hash hash;
    const auto add = [&hash](const std::string& text) {
        for (const char c : text) hash.add(static_cast<std::uint64_t>(c));
    };
    std::vector<fs::path> files;
    for (const std::string& source : file.sources) {
        files.push_back((file.folder / source).lexically_normal());
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(files.back().parent_path(), error)) {
            if (entry.path().extension() == ".h") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    for (const fs::path& path : files) add(readWhole(path).value_or(""));
    if (mutant != nullptr) add(mutant->file + '\n' + mutant->find + '\n' + mutant->replace);
    return hash.value();
}

}  // namespace

Expected<fs::path, std::string> buildMutant(const MutantsFile& file, const Mutant* mutant,
                                            const fs::path& folder) {
    const std::string id = mutant == nullptr ? "unchanged" : mutant->id;
    const fs::path object =
        fs::absolute(folder) / fmt::format("{}-{:016x}.so", id, hashOf(file, mutant));
    std::error_code error;
    if (fs::is_regular_file(object, error)) return object;
    const fs::path root = fs::weakly_canonical(file.folder / file.include, error);
    const fs::path over = fs::absolute(folder) / id;
    fs::path changed;
    if (mutant != nullptr) {
        // A tree with this one file, which is looked through first.
        const fs::path original = (file.folder / mutant->file).lexically_normal();
        std::string text = readWhole(original).value_or("");
        const Stretch place = stretchesOf(mutant->find, text).front();
        text.replace(place.begin, place.size, mutant->replace);
        changed = over / fs::weakly_canonical(original, error).lexically_relative(root);
        if (const auto problem = writeWhole(changed, text); !problem.empty()) {
            return Unexpected<std::string>{problem};
        }
    }
    fs::create_directories(over, error);
    const char* compiler = std::getenv("CC");
    const fs::path part = object.string() + ".part", log = over / "compiler.log";
    std::vector<std::string> words{compiler == nullptr ? "cc" : compiler,
                                   "-std=c11",
                                   "-O1",
                                   "-g",
                                   "-fPIC",
                                   "-shared",
                                   "-I" + over.string(),
                                   "-I" + root.string(),
                                   "-o",
                                   part.string()};
    for (const std::string& source : file.sources) {
        const fs::path original = fs::weakly_canonical(file.folder / source, error);
        const fs::path other = over / original.lexically_relative(root);
        words.push_back(other == changed ? other.string() : original.string());
    }
    if (!ran(words, log)) {
        return Unexpected<std::string>{
            fmt::format("{} does not compile: {}\n{}", id, words.front(),
                        readWhole(log).value_or("it could not be started"))};
    }
    fs::rename(part, object, error);
    if (error) return Unexpected<std::string>{object.string() + ": " + error.message()};
    return object;
}

}  // namespace jh
