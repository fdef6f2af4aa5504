// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/whole_file.h
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>

#include "hil/suite/whole_file.h"
#include "tests/support/temporary_folder.h"

using namespace jh;

namespace {

/// As on a disk with so many bytes left.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

private:
    rlimit before_{};
};

std::size_t filesIn(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        count += entry.is_regular_file();
    }
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(whole_file)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_and_its_folders_are_made) {
    const test::TemporaryFolder folder;
    const auto file = folder / "a/b/c.json";
    const std::string text(200'000, 'x');
    BOOST_TEST(writeWhole(file, "old") == "");
    BOOST_TEST(writeWhole(file, text) == "");
    BOOST_TEST(readWhole(file).value() == text);
    BOOST_TEST(filesIn(folder.path()) == 1U);
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_what_was_there_and_nothing_half_written) {
    const test::TemporaryFolder folder;
    const auto file = folder / "result.json";
    BOOST_TEST(writeWhole(file, "old") == "");
    {
        const SmallDisk disk{1000};
        const std::string problem = writeWhole(file, std::string(2000, 'x'));
        BOOST_TEST(problem.starts_with(file.string() + ": "), problem);
        BOOST_TEST(!writeWhole(folder / "new.json", std::string(2000, 'x')).empty());
    }
    BOOST_TEST(readWhole(file).value() == "old");
    BOOST_TEST(filesIn(folder.path()) == 1U);
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_way_is_named) {
    const test::TemporaryFolder folder;
    folder.write("file", "");
    BOOST_TEST(writeWhole(folder / "file/x.json", "text").find("file") != std::string::npos);
    BOOST_TEST(!writeWhole(folder.path(), "text").empty());
    BOOST_TEST(!readWhole(folder / "none").has_value());
}

BOOST_AUTO_TEST_CASE(parts_of_killed_writers_are_removed) {
    const test::TemporaryFolder folder;
    BOOST_TEST(writeWhole(folder / "a/x.json", "text") == "");
    folder.write("a/y.json.123.part", "te");
    removeParts(folder.path());
    BOOST_TEST(filesIn(folder.path()) == 1U);
    removeParts(folder / "none");
}

BOOST_AUTO_TEST_SUITE_END()
