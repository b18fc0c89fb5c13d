#include "pipeline/reading/contact.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

TEST(Contact, MobileNumbers) {
    EXPECT_EQ(check_mobile("15800000000").support, Support::none);
    EXPECT_EQ(check_mobile("+86 158-0000-0000").value, "15800000000");
    for (const char* wrong : {"", "1580000000", "158000000000", "12800000000", "25800000000", "1580000000l"}) {
        EXPECT_EQ(check_mobile(wrong).support, Support::against) << wrong;
        EXPECT_FALSE(check_mobile(wrong).reasons.empty());
    }
}

TEST(Contact, LandlineNumbers) {
    for (const char* right : {"023-47500000", "02347500000", "47500000", "0838-7500000", "023-47500000-801"})
        EXPECT_EQ(check_landline(right).support, Support::none) << right;
    for (const char* wrong : {"", "023", "023-17500000", "4750000012345"})
        EXPECT_EQ(check_landline(wrong).support, Support::against) << wrong;
}

TEST(Contact, MailAddresses) {
    for (const char* right : {"a@example.com", "zhang.san-1@mail.example.cn", "100000@qq.com"})
        EXPECT_EQ(check_email(right).support, Support::none) << right;
    for (const char* wrong : {"", "a", "a@b", "a@@example.com", "@example.com", "100000eqq.com"})
        EXPECT_EQ(check_email(wrong).support, Support::against) << wrong;
}

} // namespace
} // namespace dengji::reading
