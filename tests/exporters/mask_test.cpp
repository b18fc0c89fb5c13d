#include "exporters/rows/mask.h"

#include <gtest/gtest.h>

namespace dengji::rows {
namespace {

TEST(Mask, HidesTheMiddleOfNumbers) {
    EXPECT_EQ(masked_number("500000199001010000"), "500000********0000");
    EXPECT_EQ(masked_number("50000019900101000X"), "500000********000X");
    EXPECT_EQ(masked_number("13800005678"), "138****5678");
    EXPECT_EQ(masked_number("4712345"), "*****45");
    EXPECT_EQ(masked_number("残1234"), "***34");
    EXPECT_EQ(masked_number("123"), "***");
    EXPECT_EQ(masked_number(""), "");
}

TEST(Mask, FindsNumbersInRunningText) {
    EXPECT_EQ(masked_runs("微信13800005678，每天"), "微信138****5678，每天");
    EXPECT_EQ(masked_runs("证50000019900101000X号"), "证500000********000X号");
    EXPECT_EQ(masked_runs("2020-04-15"), "2020-04-15");
    EXPECT_EQ(masked_runs("１３８００００５６７８"), "１３８****５６７８");
    EXPECT_EQ(masked_runs("X村 3 组"), "X村 3 组");
}

} // namespace
} // namespace dengji::rows
