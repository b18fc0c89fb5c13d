#include "pipeline/reading/text_cleaning.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

TEST(TextCleaning, LeavesOutWhatRecognisersAdd) {
    EXPECT_EQ(clean_chinese("，群众"), "群众");
    EXPECT_EQ(clean_chinese("群 众 。\n"), "群众");
    EXPECT_EQ(clean_chinese("焊工."), "焊工");
    EXPECT_EQ(clean_chinese("|保洁"), "保洁");
    EXPECT_EQ(clean_chinese("“仡佬"), "仡佬");
    EXPECT_EQ(clean_chinese(" \n"), "");
}

TEST(TextCleaning, KeepsWhatWasWritten) {
    EXPECT_EQ(clean_chinese("嘉平镇洞塘村3组127号"), "嘉平镇洞塘村3组127号");
    EXPECT_EQ(clean_chinese("鼎山大道４０号１-２"), "鼎山大道40号1-2");
    EXPECT_EQ(clean_chinese("艾山江·吐尔逊"), "艾山江·吐尔逊");
    EXPECT_EQ(clean_chinese("肢体残疾（三级）"), "肢体残疾（三级）");
    EXPECT_EQ(clean_chinese("𠮷田"), "𠮷田");
}

TEST(TextCleaning, CleaningTwiceChangesNothing) {
    for (const char* text : {"，群 众。", "a,b.", "|||", "（见附件）", "\xFF\xFE"})
        EXPECT_EQ(clean_chinese(clean_chinese(text)), clean_chinese(text));
}

TEST(TextCleaning, KnowsChineseCharacters) {
    EXPECT_TRUE(is_chinese(U'江'));
    EXPECT_TRUE(is_chinese(U'〇'));
    EXPECT_TRUE(is_chinese(U'𠮷'));
    EXPECT_FALSE(is_chinese(U'A'));
    EXPECT_FALSE(is_chinese(U'，'));
}

} // namespace
} // namespace dengji::reading
