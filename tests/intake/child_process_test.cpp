#include "pipeline/intake/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::intake {
namespace {

using testing::HasSubstr;
using End = ChildResult::End;

struct Ended {
    ChildResult result;
    std::string output;
};

Ended run(const std::vector<std::string>& command, int seconds = 10, std::size_t most = 1u << 20) {
    Ended ended;
    ended.result = run_child(command, {seconds}, [&](auto piece) {
        ended.output.append(piece.begin(), piece.end());
        return ended.output.size() < most;
    });
    return ended;
}

TEST(ChildProcess, OutputAndComplaintsAreKeptApart) {
    const Ended done = run({"sh", "-c", "echo out; echo trouble >&2; exit 3"});
    EXPECT_EQ(done.result.end, End::exited);
    EXPECT_EQ(done.result.exit_code, 3);
    EXPECT_EQ(done.output, "out\n");
    EXPECT_EQ(done.result.complaints, "trouble\n");
}

TEST(ChildProcess, ArgumentsAreTakenAsTheyAre) {
    EXPECT_EQ(run({"printf", "%s|", "two words", "$(x)", "'\"", "*"}).output, "two words|$(x)|'\"|*|");
}

TEST(ChildProcess, StandardInputIsEmpty) {
    EXPECT_EQ(run({"cat"}).output, "");
}

TEST(ChildProcess, TimeIsLimitedEvenWhenItSaysNothing) {
    EXPECT_EQ(run({"sleep", "100"}, 1).result.end, End::timed_out);
    EXPECT_EQ(run({"sh", "-c", "exec >&- 2>&-; sleep 100"}, 1).result.end, End::timed_out);
}

TEST(ChildProcess, TooMuchOutputEndsIt) {
    EXPECT_EQ(run({"yes"}, 10, 1000).result.end, End::cut_off);
}

TEST(ChildProcess, ComplaintsWithoutEndFillNoMemory) {
    const Ended done = run({"sh", "-c", "yes trouble | head -c 3000000 >&2"});
    EXPECT_EQ(done.result.end, End::exited);
    EXPECT_LT(done.result.complaints.size(), 100'000u);
}

TEST(ChildProcess, CrashIsTold) {
    EXPECT_EQ(run({"sh", "-c", "kill -SEGV $$"}).result.end, End::crashed);
}

TEST(ChildProcess, MissingProgramIsTold) {
    EXPECT_EQ(run({"no-such-program-anywhere"}).result.end, End::not_started);
}

} // namespace
} // namespace dengji::intake
