#include "pipeline/ledger/database.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <thread>

namespace dengji::ledger {
namespace {

namespace fs = std::filesystem;

struct DatabaseTest : testing::Test {
    TempFolder place{"database-test"};
    fs::path file = place.path() / "register.sqlite";

    /// What `work` throws.
    static std::optional<Error> thrown(const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return error;
        }
        return std::nullopt;
    }
};

TEST_F(DatabaseTest, LongNumbersAreNotCut) {
    Database database(file);
    database.execute("create table t (n integer)");
    const long long large = 9'007'199'254'740'993;
    database.execute("insert into t values (:n)", {large});
    EXPECT_EQ(database.number("n", "from t"), large);
    EXPECT_EQ(database.number("n * -1", "from t"), -large);
}

TEST_F(DatabaseTest, NothingIsNoAccident) {
    Database database(file);
    database.execute("create table t (id integer, a text, b integer, c real)");
    database.execute("insert into t values (1, :a, :b, :c)", {"full", 7, 0.5});
    database.execute("insert into t values (2, :a, :b, :c)", {{}, {}, {}});
    Cursor row = database.select({"a", "b", "c"}, "from t order by id");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "full");
    EXPECT_EQ(row.number(1), 7);
    EXPECT_DOUBLE_EQ(row.real(2), 0.5);
    ASSERT_TRUE(row.next());
    for (std::size_t column = 0; column < 3; ++column) {
        EXPECT_TRUE(row.is_null(column));
        EXPECT_EQ(row.text(column), "");
    }
    EXPECT_EQ(row.number(1), 0);
    EXPECT_FALSE(row.next());
    EXPECT_EQ(row.text(0), "") << "left over from the row before";
    EXPECT_EQ(database.number("b", "from t where id = 3"), std::nullopt);
    EXPECT_EQ(database.text("a", "from t where id = 2"), std::nullopt);
}

TEST_F(DatabaseTest, ANumberThatIsNoneIsSaid) {
    Database database(file);
    Cursor row = database.select({"'12x'"}, "");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(thrown([&] { row.number(0); })->kind(), ErrorKind::data);
}

TEST_F(DatabaseTest, TextsComeBackByteForByte) {
    Database database(file);
    database.execute("create table t (a text)");
    for (const std::string text : {"", "'", "\"", ":a", "a\nb", "𠮷", "0012", "1e5", " x "}) {
        database.execute("delete from t");
        database.execute("insert into t values (:a)", {text});
        EXPECT_EQ(database.text("a", "from t"), text);
    }
}

TEST_F(DatabaseTest, ParametersGoInTheOrderOfTheStatement) {
    Database database(file);
    Cursor row = database.select({":b", ":a", ":c"}, "where :d = 4", {"first", 2, 3.5, 4});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "first");
    EXPECT_EQ(row.number(1), 2);
    EXPECT_DOUBLE_EQ(row.real(2), 3.5);
}

TEST_F(DatabaseTest, AnyNameOfTheFolderWillDo) {
    for (const std::string name : {"with space", "quote\"s'", "a=b timeout=0", "100% ?x#y", "档案", "..b"}) {
        fs::create_directories(place.path() / name);
        {
            Database database(place.path() / name / "register.sqlite");
            database.execute("create table t (a text)");
        }
        EXPECT_GT(fs::file_size(place.path() / name / "register.sqlite"), 0u) << name;
    }
}

TEST_F(DatabaseTest, IsSafeAgainstPowerCutsAndKeepsItsKeys) {
    Database database(file);
    EXPECT_EQ(database.text("journal_mode", "from pragma_journal_mode"), "wal");
    EXPECT_EQ(database.number("synchronous", "from pragma_synchronous"), 2);
    EXPECT_EQ(database.number("foreign_keys", "from pragma_foreign_keys"), 1);
    EXPECT_GT(database.number("timeout", "from pragma_busy_timeout"), 1000);
}

TEST_F(DatabaseTest, ATransactionIsAllOrNothing) {
    Database database(file);
    database.execute("create table t (a integer)");
    {
        Transaction transaction(database);
        database.execute("insert into t values (1)");
    }
    EXPECT_EQ(database.number("count(*)", "from t"), 0);
    {
        Transaction transaction(database);
        database.execute("insert into t values (1)");
        transaction.commit();
    }
    EXPECT_EQ(database.number("count(*)", "from t"), 1);
}

TEST_F(DatabaseTest, APartOfATransactionFailsAlone) {
    Database database(file);
    database.execute("create table t (a integer)");
    {
        Transaction transaction(database);
        database.execute("insert into t values (1)");
        {
            Savepoint part(database);
            database.execute("insert into t values (2)");
            {
                Savepoint kept_within(database);
                database.execute("insert into t values (3)");
                kept_within.keep();
            }
        }
        {
            Savepoint part(database);
            database.execute("insert into t values (4)");
            part.keep();
        }
        transaction.commit();
    }
    EXPECT_EQ(database.number("sum(a)", "from t"), 5);
}

TEST_F(DatabaseTest, TheSameStatementMayRunWithinItself) {
    Database database(file);
    database.execute("create table t (parent integer, child integer)");
    for (const auto& [parent, child] : std::vector<std::pair<int, int>>{{1, 2}, {1, 3}, {2, 4}, {3, 5}, {3, 6}})
        database.execute("insert into t values (:p, :c)", {parent, child});
    std::vector<long long> seen;
    const std::function<void(long long)> go_down = [&](long long parent) {
        Cursor row = database.select({"child"}, "from t where parent = :p order by child", {parent});
        while (row.next()) {
            seen.push_back(row.number(0));
            go_down(row.number(0));
        }
    };
    for (int again = 0; again < 2; ++again) go_down(1);
    EXPECT_EQ(seen, (std::vector<long long>{2, 4, 3, 5, 6, 2, 4, 3, 5, 6}));
}

TEST_F(DatabaseTest, AStatementKeepsNothingOfItsLastRun) {
    Database database(file);
    database.execute("create table t (a text, b)");
    const auto insert = [&](Parameter a, Parameter b) {
        database.execute("insert into t values (:a, :b)", {std::move(a), std::move(b)});
    };
    insert("first", 7);
    insert({}, 0.5);
    insert("", "text");
    insert("last", {});
    Cursor row = database.select({"quote(a)", "quote(b)"}, "from t order by rowid");
    std::vector<std::string> found;
    while (row.next()) found.push_back(row.text(0) + " " + row.text(1));
    EXPECT_EQ(found, (std::vector<std::string>{"'first' 7", "NULL 0.5", "'' 'text'", "'last' NULL"}));
}

TEST_F(DatabaseTest, AStatementThatFailedRunsAgain) {
    Database database(file);
    database.execute("create table t (a integer unique)");
    const auto insert = [&](long long a) { database.execute("insert into t values (:a)", {a}); };
    insert(1);
    EXPECT_TRUE(thrown([&] { insert(1); }));
    insert(2);
    EXPECT_TRUE(thrown([&] { insert(2); }));
    EXPECT_EQ(database.number("count(*)", "from t"), 2);
}

TEST_F(DatabaseTest, AQueryThatWasLeftHoldsNobodyUp) {
    Database one(file), other(file);
    one.execute("create table t (a integer)");
    one.execute("insert into t values (1), (2), (3)");
    for (int again = 0; again < 2; ++again) {
        Cursor row = one.select({"a"}, "from t");
        ASSERT_TRUE(row.next());
    }
    // What was written since is seen, the table can be changed, and the log be taken into the file.
    other.execute("insert into t values (4)");
    EXPECT_EQ(one.number("count(*)", "from t"), 4);
    other.execute("alter table t add column b integer");
    Cursor row = one.select({"a", "b"}, "from t where a = 4");
    ASSERT_TRUE(row.next());
    EXPECT_TRUE(row.is_null(1));
    EXPECT_FALSE(row.next());
    other.execute("pragma busy_timeout = 100");
    other.execute("pragma wal_checkpoint(truncate)");
    EXPECT_EQ(fs::file_size(file.string() + "-wal"), 0u);
}

// A deferred "begin" loses most of these: the other one wrote between reading and writing.
TEST_F(DatabaseTest, ReadingAndThenWritingNeverFailsBecauseOfAnother) {
    {
        Database database(file);
        database.execute("create table t (n integer)");
        database.execute("insert into t values (0)");
    }
    constexpr int rounds = 100;
    std::atomic<int> failures = 0;
    const auto count = [&] {
        Database database(file);
        for (int i = 0; i < rounds; ++i) {
            try {
                Transaction transaction(database);
                const long long n = database.number("n", "from t").value_or(0);
                std::this_thread::yield();
                database.execute("update t set n = :n", {n + 1});
                transaction.commit();
            } catch (const Error&) {
                ++failures;
            }
        }
    };
    std::thread one(count), two(count), three(count);
    one.join();
    two.join();
    three.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(Database(file).number("n", "from t"), 3 * rounds);
}

TEST_F(DatabaseTest, ErrorTextsHoldNoValues) {
    const std::string made_up_number = "500000199001010000", made_up_name = "赵试验";
    Database database(file);
    database.execute("create table people (number text unique, name text not null, age integer check (age > 0))");
    database.execute("insert into people values (:number, :name, :age)", {made_up_number, made_up_name, 1});
    const std::vector<std::function<void()>> wrong = {
        [&] {
            database.execute("insert into people values (:n, :m, :a)", {made_up_number, made_up_name, 1});
        },
        [&] {
            database.execute("insert into people values (:n, :m, :a)", {made_up_number + "X", {}, 1});
        },
        [&] {
            database.execute("insert into people values (:n, :m, :a)", {made_up_number + "X", made_up_name, -1});
        },
        [&] {
            database.execute("insert into nowhere values (:n, :m)", {made_up_number, made_up_name});
        },
        [&] { database.execute("insert into people values (:n, '" + made_up_name + "'", {made_up_number}); },
        [&] { database.number("abs(-9223372036854775807 - 1)", "where :n <> ''", {made_up_number}); },
    };
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        const auto error = thrown(wrong[i]);
        ASSERT_TRUE(error) << i;
        EXPECT_EQ(error->kind(), ErrorKind::internal) << i;
        for (const std::string& text : {error->message(), error->next_step(), std::string(error->what())}) {
            EXPECT_EQ(text.find("500000"), std::string::npos) << i << ": " << text;
            EXPECT_EQ(text.find(made_up_name), std::string::npos) << i << ": " << text;
            EXPECT_EQ(text.find("people"), std::string::npos) << i << ": " << text;
        }
    }
    EXPECT_EQ(database.number("count(*)", "from people"), 1);
}

// The driver's traps stay out of the house: only the wrapper may know it, and nobody may use these parts of it.
TEST(Sources, UseTheDriverOnlyThroughTheWrapper) {
    const fs::path root = fs::path(DENGJI_SOURCE_DIR);
    const std::regex driver(R"(soci::|pipeline/ledger/soci\.h|<soci/|sqlite3_exec)");
    const std::regex trap(R"(soci::transaction|soci::rowset|std::vector<[^>]*> *>? *\)\)|\.what\(\))");
    for (const auto& folder : {"pipeline/ledger", "exporters/rows"}) {
        for (const auto& entry : fs::directory_iterator(root / folder)) {
            const std::string text = read_file(entry.path());
            const std::string name = entry.path().filename().string();
            EXPECT_FALSE(std::regex_search(text, trap)) << entry.path();
            const bool wrapper = name == "database.cpp" || name == "soci.h";
            EXPECT_TRUE(wrapper || !std::regex_search(text, driver)) << entry.path();
        }
    }
}

} // namespace
} // namespace dengji::ledger
