#include "pipeline/app/speed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::app {
namespace {

TEST(Percentile, IsTheValueThatAShareDoesNotGoBeyond) {
    EXPECT_EQ(percentile({}, 0.5), 0);
    EXPECT_EQ(percentile({7}, 0.95), 7);
    EXPECT_EQ(percentile({5, 1, 4, 2, 3}, 0.5), 3);
    EXPECT_EQ(percentile({5, 1, 4, 2, 3}, 0.95), 5);
    EXPECT_EQ(percentile({5, 1, 4, 2, 3}, 0), 1);
}

TEST(StageTimes, GeometryIsDecodingAndLayout) {
    StageTimes times;
    times.add({{"decode", 10}, {"layout", 15}, {"ocr", 100}});
    times.add({{"decode", 20}, {"layout", 25}});
    times.add({{"decode", 30}});
    EXPECT_EQ(times.median("geometry"), 25);
    EXPECT_EQ(times.median("decode"), 20);
    EXPECT_EQ(times.median("never"), 0);
    EXPECT_THAT(times.table(), ::testing::HasSubstr("geometry"));
}

TEST(Resources, AreMeasured) {
    EXPECT_GT(peak_memory_mib(), 1);
    EXPECT_GT(processor_seconds(), 0);
}

} // namespace
} // namespace dengji::app
