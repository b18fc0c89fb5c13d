// What the register says when the disk, the folder or the file is not what it should be.
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/migrations.h"
#include "tests/ledger/synthetic.h"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::ledger {
namespace {

namespace fs = std::filesystem;

struct BrokenPlaces : testing::Test {
    TempFolder place{"broken-places"};
    fs::path data = place.path() / "data";
    fs::path inbox = place.path() / "inbox";
    std::vector<synthetic::Delivery> stack = synthetic::stack(3, 4, 4);

    BrokenPlaces() { synthetic::write_stack(stack, inbox); }

    void fill() {
        Register the_register(data);
        synthetic::run_stack(the_register, stack, inbox);
    }
    static std::optional<Error> opening(const fs::path& folder) {
        try {
            Register the_register(folder);
            the_register.counts();
            the_register.for_each_registration([](const Registration&) {});
        } catch (const Error& error) {
            return error;
        }
        return std::nullopt;
    }
    /// Runs `work` in a child process; the exit code of the Error that it throws, 0 when none.
    static int exit_code_of(const std::function<void()>& work) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                work();
            } catch (const Error& error) {
                ::_exit(exit_code(error.kind()));
            } catch (...) {
                ::_exit(99);
            }
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
};

TEST_F(BrokenPlaces, AFileThatIsNoDatabase) {
    fs::create_directories(data);
    std::ofstream(data / "register.sqlite") << std::string(8192, 'x');
    const auto error = opening(data);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::data);
    EXPECT_NE(error->message().find("not a register"), std::string::npos) << error->message();
    EXPECT_EQ(read_file(data / "register.sqlite"), std::string(8192, 'x')) << "it was changed";
}

TEST_F(BrokenPlaces, ADatabaseOfAnotherProgram) {
    fs::create_directories(data);
    Database(data / "register.sqlite").execute("create table recipes (title text)");
    const auto error = opening(data);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::data);
    EXPECT_NE(error->message().find("another program"), std::string::npos);
}

TEST_F(BrokenPlaces, ADamagedRegister) {
    fill();
    const auto size = fs::file_size(data / "register.sqlite");
    std::fstream file(data / "register.sqlite", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(size - 4096, '\xa5');
    file.close();
    const auto error = opening(data);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::data) << error->message();
}

TEST_F(BrokenPlaces, ARegisterCutShort) {
    fill();
    fs::resize_file(data / "register.sqlite", 5000);
    const auto error = opening(data);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::data) << error->message();
}

TEST_F(BrokenPlaces, ARegisterOfANewerProgram) {
    fill();
    Database(data / "register.sqlite")
        .execute("insert into schema_versions (version, applied_at) values (:v, '2099-01-01')", {newest_schema() + 1});
    const auto error = opening(data);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::data);
    EXPECT_NE(error->message().find("newer"), std::string::npos);
}

TEST_F(BrokenPlaces, TheDiskIsFull) {
    const std::string whole = [&] {
        fill();
        return synthetic::dump(data);
    }();
    // Files may not grow beyond this many bytes: a disk that fills up sooner and later.
    for (const rlim_t limit : {5'000u, 60'000u, 150'000u, 250'000u}) {
        const fs::path small = place.path() / ("small" + std::to_string(limit));
        EXPECT_EQ(exit_code_of([&] {
                      std::signal(SIGXFSZ, SIG_IGN);
                      const rlimit bytes{limit, limit};
                      ::setrlimit(RLIMIT_FSIZE, &bytes);
                      Register the_register(small);
                      synthetic::run_stack(the_register, stack, inbox);
                  }),
                  exit_code(ErrorKind::space))
            << limit;
        {
            Register the_register(small);
            synthetic::run_stack(the_register, stack, inbox);
        }
        EXPECT_EQ(synthetic::dump(small), whole) << limit;
    }
}

TEST_F(BrokenPlaces, ADatabaseThatMayNotGrow) {
    Database database(place.path() / "small.sqlite");
    database.execute("create table t (a text)");
    database.execute("pragma max_page_count = 10");
    try {
        for (int i = 0; i < 100; ++i) database.execute("insert into t values (:a)", {std::string(2000, 'a')});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::space);
        EXPECT_NE(error.message().find("full"), std::string::npos);
    }
}

TEST_F(BrokenPlaces, AFolderThatMayNotBeWritten) {
    fill();
    fs::permissions(place.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    fs::permissions(data, fs::perms::owner_read | fs::perms::owner_exec);
    fs::permissions(data / "register.sqlite", fs::perms::owner_read);
    const auto as_somebody = [](const std::function<void()>& work) {
        return exit_code_of([&] {
            if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(98); // nothing is forbidden to root
            work();
        });
    };
    EXPECT_EQ(as_somebody([&] { Register the_register(data); }), exit_code(ErrorKind::space));
    EXPECT_EQ(as_somebody([&] { Register the_register(data / "inner"); }), exit_code(ErrorKind::space));
    fs::permissions(data, fs::perms::owner_all);
}

TEST_F(BrokenPlaces, AFileWhereTheFolderShouldBe) {
    std::ofstream(place.path() / "taken") << "x";
    const auto error = opening(place.path() / "taken");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::space);
}

} // namespace
} // namespace dengji::ledger
