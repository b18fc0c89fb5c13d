// The law of the register: however a stack comes into it, the rows are those of one clean run.
#include "pipeline/base/files.h"
#include "tests/ledger/synthetic.h"

#include <csignal>
#include <gtest/gtest.h>
#include <random>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace dengji::ledger {
namespace {

namespace fs = std::filesystem;

struct SameRows : testing::Test {
    TempFolder place{"same-rows"};
    std::vector<synthetic::Delivery> stack = synthetic::stack(7, 8, 5);
    fs::path inbox = place.path() / "inbox";
    std::string clean, clean_rows;

    SameRows() {
        synthetic::write_stack(stack, inbox);
        {
            Register the_register(data("clean"));
            synthetic::run_stack(the_register, stack, inbox);
        }
        clean = synthetic::dump(data("clean"));
        clean_rows = rows(data("clean"));
    }
    fs::path data(const std::string& name) const { return place.path() / name; }

    static std::string rows(const fs::path& folder) {
        std::string text;
        Register the_register(folder);
        the_register.for_each_registration([&](const Registration& row) {
            text += row.id + " " + row.source + " " + std::to_string(row.page) + " " +
                    std::get<std::string>(row.values.at(1).value) + "\n";
        });
        return text;
    }
    void expect_clean(const fs::path& folder) {
        EXPECT_EQ(synthetic::dump(folder), clean);
        EXPECT_EQ(rows(folder), clean_rows);
    }
};

/// Runs `work` in a child process and returns its wait status; kills it with -9 after `patience`, if given.
int in_child(const std::function<void()>& work, std::optional<std::chrono::microseconds> patience = std::nullopt) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (patience) {
            // The kernel's own clock ends it, without a last word: on a busy machine the parent may wake up too late.
            itimerval alarm{};
            alarm.it_value.tv_sec = patience->count() / 1'000'000;
            alarm.it_value.tv_usec = std::max<long>(1, patience->count() % 1'000'000);
            ::setitimer(ITIMER_REAL, &alarm, nullptr);
        }
        try {
            work();
        } catch (...) {
            ::_exit(1);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

TEST_F(SameRows, TheCleanRunIsNotEmpty) {
    EXPECT_GT(std::count(clean_rows.begin(), clean_rows.end(), '\n'), 15);
    EXPECT_NE(clean.find("page-torn"), std::string::npos);
}

TEST_F(SameRows, InAnyOrder) {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        const fs::path folder = data("order" + std::to_string(seed));
        {
            Register the_register(folder);
            synthetic::run_stack(the_register, stack, inbox, seed);
        }
        expect_clean(folder);
    }
}

TEST_F(SameRows, StoppedAtAnyPageAndRunAgain) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const fs::path folder = data("stopped" + std::to_string(seed));
        std::mt19937 random(seed);
        for (int attempt = 0; attempt < 3; ++attempt) {
            Register the_register(folder);
            auto left = random() % 40;
            try {
                synthetic::run_stack(the_register, stack, inbox, seed + 100, [&] {
                    if (left-- == 0) throw std::runtime_error("stopped");
                });
            } catch (const std::runtime_error&) {
            }
        }
        {
            Register the_register(folder);
            synthetic::run_stack(the_register, stack, inbox, seed);
        }
        expect_clean(folder);
    }
}

TEST_F(SameRows, KilledAtManyMomentsAndRunAgain) {
    // How long the whole takes here and now, so that the moments fall within it on any machine.
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(in_child([&] {
                  Register the_register(data("measured"));
                  synthetic::run_stack(the_register, stack, inbox);
              }),
              0);
    const auto whole =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();

    std::mt19937 random(20);
    int killed = 0;
    for (int round = 0; round < 6; ++round) {
        const fs::path folder = data("killed" + std::to_string(round));
        for (int attempt = 0; attempt < 6; ++attempt) {
            const std::chrono::microseconds patience(static_cast<long long>(random() % 1000) * whole / 2000);
            const int status = in_child(
                [&] {
                    Register the_register(folder);
                    synthetic::run_stack(the_register, stack, inbox, 3);
                },
                patience);
            killed += WIFSIGNALED(status);
            ASSERT_TRUE(WIFSIGNALED(status) || status == 0) << "a run after a kill failed";
        }
        {
            Register the_register(folder);
            synthetic::run_stack(the_register, stack, inbox);
        }
        expect_clean(folder);
    }
    EXPECT_GT(killed, 2);
}

TEST_F(SameRows, ManyWorkersOfOneProcess) {
    {
        Register the_register(data("workers"));
        const Batch batch = the_register.begin_batch({inbox});
        std::vector<std::thread> workers;
        for (unsigned worker = 0; worker < 4; ++worker)
            workers.emplace_back([&, worker] {
                for (std::size_t i = 0; i < stack.size(); ++i) {
                    const std::size_t index = (i * 3 + worker * 2) % stack.size();
                    const auto& delivery = stack[index];
                    const File file =
                        the_register.add_file(batch.id, static_cast<int>(index), inbox / delivery.name, delivery.name);
                    the_register.record_page_count(file, static_cast<int>(delivery.pages.size()));
                    for (const auto& page : delivery.pages) the_register.record_page(batch.id, file, page);
                }
            });
        for (auto& worker : workers) worker.join();
        the_register.finish_batch(batch.id);
    }
    expect_clean(data("workers"));
}

TEST_F(SameRows, ManyProcessesOnOneFolder) {
    const fs::path folder = data("processes");
    std::vector<pid_t> children;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                Register the_register(folder);
                synthetic::run_stack(the_register, stack, inbox, seed);
            } catch (...) {
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
    expect_clean(folder);
    Register the_register(folder);
    EXPECT_EQ(the_register.counts(), Register(data("clean")).counts());
}

} // namespace
} // namespace dengji::ledger
