#include "pipeline/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace dengji {
namespace {

using ::testing::ElementsAre;
using namespace std::string_literals;

/// Any character that UTF-8 can hold, all lengths equally often.
char32_t some_character(std::mt19937& random) {
    const char32_t bounds[] = {0x0, 0x80, 0x800, 0x10000, 0x110000};
    for (;;) {
        const auto length = std::uniform_int_distribution<std::size_t>(0, 3)(random);
        const char32_t character =
            std::uniform_int_distribution<char32_t>(bounds[length], bounds[length + 1] - 1)(random);
        if (character < 0xD800 || character > 0xDFFF) return character;
    }
}

std::u32string some_text(std::mt19937& random) {
    std::u32string text(std::uniform_int_distribution<std::size_t>(0, 12)(random), U' ');
    for (auto& character : text) character = some_character(random);
    return text;
}

std::string some_bytes(std::mt19937& random) {
    std::string bytes(std::uniform_int_distribution<std::size_t>(0, 20)(random), ' ');
    for (auto& byte : bytes) byte = static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    return bytes;
}

TEST(Utf8, AnyTextGoesThereAndBack) {
    std::mt19937 random(1);
    for (int i = 0; i < 5000; ++i) {
        const auto text = some_text(random);
        const auto bytes = utf8(text);
        ASSERT_TRUE(is_valid_utf8(bytes));
        ASSERT_EQ(code_points(bytes), text);
        ASSERT_EQ(joined(characters(bytes), ""), bytes);
    }
}

TEST(Utf8, AnyBytesBecomeValidTextAndValidOnesStay) {
    std::mt19937 random(2);
    for (int i = 0; i < 20000; ++i) {
        const auto bytes = some_bytes(random);
        const auto text = utf8(code_points(bytes));
        ASSERT_TRUE(is_valid_utf8(text));
        ASSERT_EQ(text == bytes, is_valid_utf8(bytes)) << ::testing::PrintToString(bytes);
    }
}

TEST(Utf8, RefusesWhatIsNoCharacter) {
    for (const auto& bytes : {"\xC0\x80"s, "\xC1\xBF"s, "\xE0\x80\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s,
                              "\xF5\x80\x80\x80"s, "\x80"s, "\xE5\xA7"s, "\xFF"s, "\xF0\x82\x82\xAC"s}) {
        EXPECT_FALSE(is_valid_utf8(bytes)) << ::testing::PrintToString(bytes);
    }
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("𠮷野家\xF4\x8F\xBF\xBF"));
    EXPECT_EQ(utf8(static_cast<char32_t>(0xD800)), "\xEF\xBF\xBD");
    EXPECT_EQ(utf8(static_cast<char32_t>(0x110000)), "\xEF\xBF\xBD");
}

TEST(Characters, AreCodePoints) {
    EXPECT_THAT(characters("张𠮷a"), ElementsAre("张", "𠮷", "a"));
}

TEST(Comparable, FoldsWhatReadersTakeForTheSame) {
    EXPECT_EQ(comparable("ＡＢ１２"), comparable("ab12"));
    EXPECT_EQ(comparable("买买提·艾力"), comparable("买买提・艾力"));
    EXPECT_EQ(comparable("买买提•艾力"), comparable("买买提 · 艾力"));
    EXPECT_EQ(comparable("二○二○"), comparable("二〇二〇"));
    EXPECT_EQ(comparable("张\u200B三"), comparable("张　三"));
    EXPECT_EQ(comparable("（详细地址）"), comparable("(详细地址)"));
    EXPECT_NE(comparable("张三"), comparable("张王"));
    EXPECT_NE(comparable("堃"), comparable("坤"));
}

TEST(Comparable, SecondTimeChangesNothing) {
    std::mt19937 random(3);
    for (int i = 0; i < 5000; ++i) {
        const auto once = comparable(utf8(some_text(random)));
        ASSERT_EQ(comparable(once), once);
    }
}

TEST(Comparable, TakesAnyBytes) {
    std::mt19937 random(4);
    for (int i = 0; i < 2000; ++i) ASSERT_TRUE(is_valid_utf8(comparable(some_bytes(random))));
}

TEST(Trimmed, TakesSpacesOfAllKindsFromBothEnds) {
    EXPECT_EQ(trimmed(" \t张 三　\u00A0\u200B\n"), "张 三");
    EXPECT_EQ(trimmed("　 "), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("\xFF "), "\xFF") << "bytes that are no text stay";
}

TEST(Trimmed, KeepsAPieceThatHasNoSpacesAround) {
    std::mt19937 random(5);
    for (int i = 0; i < 2000; ++i) {
        const auto bytes = some_bytes(random);
        const auto inner = trimmed(bytes);
        ASSERT_EQ(trimmed(inner), inner);
        ASSERT_NE(bytes.find(inner), std::string::npos);
        ASSERT_EQ(trimmed("　" + std::string(inner) + " "), inner);
    }
}

TEST(PlainDigits, ChangeNothingElse) {
    EXPECT_EQ(with_plain_digits("５００１１６Ｘ－ｘ"), "500116X-x");
    EXPECT_EQ(with_plain_digits("①㈱（一）〇·"), "①㈱（一）〇·");
}

TEST(Split, AndJoinedAreInverse) {
    EXPECT_THAT(split("a,,b", ","), ElementsAre("a", "", "b"));
    EXPECT_THAT(split("", ","), ElementsAre(""));
    EXPECT_THAT(split("甲、乙、", "、"), ElementsAre("甲", "乙", ""));
    std::mt19937 random(6);
    for (int i = 0; i < 2000; ++i) {
        std::string text(std::uniform_int_distribution<std::size_t>(0, 15)(random), ' ');
        for (auto& byte : text) byte = "ab,;"[std::uniform_int_distribution<std::size_t>(0, 3)(random)];
        ASSERT_EQ(joined(split(text, ","), ","), text);
        ASSERT_EQ(joined(split(text, ",;"), ",;"), text);
    }
}

} // namespace
} // namespace dengji
