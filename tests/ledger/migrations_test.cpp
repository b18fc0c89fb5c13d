#include "pipeline/ledger/migrations.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/ledger/schema.h"

#include <gtest/gtest.h>
#include <iostream>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::ledger {
namespace {

struct MigrationsTest : testing::Test {
    TempFolder place{"migrations-test"};
    std::filesystem::path file = place.path() / "register.sqlite";
};

TEST_F(MigrationsTest, AnEmptyFileBecomesTheNewestSchema) {
    Database database(file);
    migrate(database);
    EXPECT_EQ(database.number("max(version)", "from schema_versions"), newest_schema());
    EXPECT_EQ(database.number("count(*)", "from schema_versions"), newest_schema());
    EXPECT_EQ(database.text("integrity_check", "from pragma_integrity_check"), "ok");
}

TEST_F(MigrationsTest, OpeningAgainChangesNothing) {
    Database database(file);
    migrate(database);
    const auto applied = database.text("group_concat(version || applied_at)", "from schema_versions");
    const auto changes = database.number("total_changes()", "");
    migrate(database);
    EXPECT_EQ(database.text("group_concat(version || applied_at)", "from schema_versions"), applied);
    EXPECT_EQ(database.number("total_changes()", ""), changes);
}

TEST_F(MigrationsTest, ManyAtOnceMakeOneSchema) {
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                Database database(file);
                migrate(database);
            } catch (const std::exception& broken) {
                std::cerr << broken.what() << std::endl;
                ::_exit(1);
            }
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(Database(file).number("count(*)", "from schema_versions"), newest_schema());
}

// The driver runs the first statement of a text and says nothing of the others.
TEST_F(MigrationsTest, EveryStatementOfTheSchemaArrives) {
    Database database(file);
    migrate(database);
    long long statements = 1; // schema_versions
    for (const auto& step : schema_steps())
        statements +=
            std::count_if(step.begin(), step.end(), [](std::string_view sql) { return sql.starts_with("create "); });
    EXPECT_EQ(database.number("count(*)", "from sqlite_master where sql is not null and name not like 'sqlite_%'"),
              statements);
}

TEST_F(MigrationsTest, RegistrationsOfAnOlderRegisterAreReceived) {
    Database database(file);
    database.execute("create table schema_versions (version integer primary key, applied_at text not null)");
    for (const long long version : {1, 2}) {
        for (const auto statement : schema_steps()[static_cast<std::size_t>(version - 1)]) database.execute(statement);
        database.execute("insert into schema_versions (version, applied_at) values (:version, '')", {version});
    }
    database.execute("insert into batches (id, paths, begun_at) values (1, '[]', '')");
    database.execute("insert into files (id, sha256, bytes, original, first_batch, first_position) values (1, :sha, 1, "
                     "'x', 1, 0)",
                     {std::string(64, '0')});
    database.execute("insert into pages (id, file_id, number, status, kind, form, form_page, orientation, quality, "
                     "reasons, ms) values (1, 1, 1, 'done', 'registration', 'f', 0, 0, '{}', '[]', '{}')");
    database.execute("insert into registrations (id, page_id, form) values ('r-1', 1, 'f')");
    database.execute("insert into events (at, actor, action, subject_kind, subject, details) values "
                     "('2024-03-04T02:00:00Z', 'dengji', 'registration-created', 'registration', 'r-1', '{}')");
    migrate(database);
    EXPECT_EQ(database.text("state", "from lives where registration_id = 'r-1'"), "received");
    EXPECT_EQ(database.text("received_on", "from lives"), "2024-03-04");
    EXPECT_EQ(database.text("outcome || ' ' || state || ' ' || effective_on", "from events where action = 'received'"),
              "counter received 2024-03-04");
}

TEST_F(MigrationsTest, EventsAreOnlyEverAdded) {
    Database database(file);
    migrate(database);
    database.execute("insert into events (at, actor, action, subject_kind, subject, details) values ('2020-01-01', "
                     "'a', 'b', 'c', 'd', '{}')");
    EXPECT_THROW(database.execute("update events set actor = 'x'"), Error);
    EXPECT_THROW(database.execute("delete from events"), Error);
    EXPECT_THROW(
        database.execute("insert or replace into events (id, at, actor, action, subject_kind, subject, details) "
                         "values (1, '', '', '', '', '', '')"),
        Error);
    EXPECT_EQ(database.text("actor", "from events"), "a");
}

} // namespace
} // namespace dengji::ledger
