// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/suite/trend.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace jh {

namespace {

constexpr int schemaVersion = 1;
constexpr const char* schema =
    "CREATE TABLE run (seq INTEGER PRIMARY KEY, suite TEXT NOT NULL, version TEXT NOT NULL,"
    " revision TEXT NOT NULL, good INTEGER, bad INTEGER, quarantined INTEGER,"
    " UNIQUE (suite, version, revision));"
    "CREATE TABLE number (run INTEGER, scenario TEXT, name TEXT, mg INTEGER, e_mg INTEGER,"
    " PRIMARY KEY (run, scenario, name)) WITHOUT ROWID;"
    "PRAGMA user_version = 1;";

/// A database; every error is thrown with SQLite's own words.
class Database {
public:
    explicit Database(const std::filesystem::path& file) {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open(file.c_str(), &opened);
        db_.reset(opened);
        if (code != SQLITE_OK) fail();
    }
    [[noreturn]] void fail() const { throw std::runtime_error{sqlite3_errmsg(db_.get())}; }
    void run(const char* sql) {
        if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }
    sqlite3* get() const { return db_.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close(db); }
    };
    std::unique_ptr<sqlite3, Close> db_;
};

/// A statement with its values bound in order.
class Statement {
public:
    Statement(Database& database, const char* sql) : database_{database} {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(database.get(), sql, -1, &made, nullptr) != SQLITE_OK) {
            database.fail();
        }
        statement_.reset(made);
    }
    Statement& with(const std::string& text) {
        sqlite3_bind_text(statement_.get(), ++bound_, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT);
        return *this;
    }
    Statement& with(std::int64_t value) {
        sqlite3_bind_int64(statement_.get(), ++bound_, value);
        return *this;
    }
    /// True when there is a row.
    bool step() {
        const int code = sqlite3_step(statement_.get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail();
        return code == SQLITE_ROW;
    }
    void runOnce() {
        step();
        sqlite3_reset(statement_.get());
        bound_ = 0;
    }
    std::int64_t number(int column) { return sqlite3_column_int64(statement_.get(), column); }
    double real(int column) { return sqlite3_column_double(statement_.get(), column); }
    std::string text(int column) {
        const int size = sqlite3_column_bytes(statement_.get(), column);
        const void* bytes = sqlite3_column_blob(statement_.get(), column);
        return bytes == nullptr
                   ? std::string{}
                   : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_{};
};

std::int64_t numberOf(Database& database, const char* sql) {
    Statement statement{database, sql};
    statement.step();
    return statement.number(0);
}

void prepare(Database& database) {
    const std::int64_t version = numberOf(database, "PRAGMA user_version");
    if (version == schemaVersion) return;
    if (version != 0 || numberOf(database, "SELECT count(*) FROM sqlite_master") != 0) {
        throw std::runtime_error{"holds something else than a trend of this version"};
    }
    database.run(schema);
}

std::int64_t runOf(Database& database, const Plan& plan, const Tally& tally) {
    Statement add{database,
                  "INSERT INTO run (suite, version, revision, good, bad, quarantined)"
                  " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (suite, version, revision)"
                  " DO UPDATE SET good = excluded.good, bad = excluded.bad,"
                  " quarantined = excluded.quarantined RETURNING seq"};
    add.with(plan.suite).with(plan.program.version).with(plan.program.commit);
    add.with(std::int64_t{tally.good}).with(std::int64_t{tally.bad});
    add.with(std::int64_t{tally.quarantined});
    add.step();
    const std::int64_t seq = add.number(0);
    add.runOnce();
    return seq;
}

void addNumbers(Database& database, std::int64_t run, const Merged& merged) {
    Statement{database, "DELETE FROM number WHERE run = ?"}.with(run).runOnce();
    Statement add{database, "INSERT INTO number VALUES (?, ?, ?, ?, ?)"};
    for (const auto& [id, result] : merged.results) {
        for (const Number& number : result.numbers) {
            add.with(run)
                .with(id)
                .with(number.name)
                .with(number.value.inMg())
                .with(result.e.inMg());
            add.runOnce();
        }
    }
}

void findLargestChange(Database& database, std::int64_t before, std::int64_t run, TrendRow& row) {
    Statement largest{
        database,
        "SELECT n.scenario, n.name, 1.0 * (n.mg - p.mg) / n.e_mg AS change FROM number n"
        " JOIN number p ON p.run = ? AND p.scenario = n.scenario AND p.name = n.name"
        " WHERE n.run = ? AND n.mg <> p.mg"
        " ORDER BY abs(change) DESC, n.scenario, n.name LIMIT 1"};
    largest.with(before).with(run);
    if (!largest.step()) return;
    row.scenario = largest.text(0);
    row.number = largest.text(1);
    row.change_e = largest.real(2);
}

std::vector<TrendRow> lastVersions(Database& database, const std::string& suite) {
    constexpr std::size_t shown = 10;
    Statement runs{database,
                   "SELECT seq, version, revision, good, bad, quarantined FROM run"
                   " WHERE suite = ? ORDER BY seq DESC LIMIT 11"};
    runs.with(suite);
    std::vector<TrendRow> rows;
    std::vector<std::int64_t> sequence;
    while (runs.step()) {
        sequence.push_back(runs.number(0));
        rows.push_back({{runs.text(1), runs.text(2)},
                        static_cast<int>(runs.number(3)),
                        static_cast<int>(runs.number(4)),
                        static_cast<int>(runs.number(5)),
                        {},
                        {},
                        {}});
    }
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        findLargestChange(database, sequence[i + 1], sequence[i], rows[i]);
    }
    if (rows.size() > shown) rows.resize(shown);
    std::reverse(rows.begin(), rows.end());
    return rows;
}

}  // namespace

Expected<std::vector<TrendRow>, std::string> updateTrend(const std::filesystem::path& file,
                                                         const Merged& merged, const Tally& tally) {
    try {
        Database database{file};
        // Shards of other jobs may write to it: wait for them. Undone unless it comes to the end.
        database.run("PRAGMA busy_timeout = 10000");
        database.run("BEGIN IMMEDIATE");
        prepare(database);
        addNumbers(database, runOf(database, merged.plan, tally), merged);
        database.run("COMMIT");
        return lastVersions(database, merged.plan.suite);
    } catch (const std::exception& error) {
        return Unexpected<std::string>{file.string() + ": " + error.what()};
    }
}

}  // namespace jh
