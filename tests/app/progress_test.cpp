#include "pipeline/app/progress.h"

#include <gtest/gtest.h>

namespace dengji::app {
namespace {

TEST(ProgressLine, ShowsPagesRateAndTimeLeft) {
    const auto line = progress_line(30, 120, 15, 80);
    EXPECT_NE(line.find("30 of 120 pages"), std::string::npos);
    EXPECT_NE(line.find("2.0 pages/s"), std::string::npos);
    EXPECT_NE(line.find("45 s left"), std::string::npos);
    EXPECT_NE(progress_line(1, 7201, 1, 80).find("2 h 00 min left"), std::string::npos);
}

TEST(ProgressLine, FitsEveryTerminal) {
    for (int columns = 1; columns < 200; ++columns)
        for (const std::size_t done : {0u, 1u, 500u, 1000u})
            EXPECT_LE(progress_line(done, 1000, 3, columns).size(), static_cast<std::size_t>(std::max(1, columns - 1)));
}

TEST(ProgressLine, HoldsAtTheEdges) {
    EXPECT_EQ(progress_line(0, 10, 0, 80).find("left"), std::string::npos);
    EXPECT_EQ(progress_line(10, 10, 5, 80).find("left"), std::string::npos);
    EXPECT_FALSE(progress_line(0, 0, 0, 80).empty());
}

} // namespace
} // namespace dengji::app
