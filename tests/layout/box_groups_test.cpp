#include "pipeline/layout/boxes.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

/// A sheet with one group, its boxes in given states.
struct GroupSheet {
    templates::Form form;
    Sheet sheet;

    GroupSheet(templates::FieldKind kind, const std::vector<BoxState>& states) {
        templates::Field field;
        field.key = "group";
        field.kind = kind;
        form.fields.push_back(field);
        sheet.form = &form;
        for (std::size_t i = 0; i < states.size(); ++i) {
            PlacedBox box;
            box.group = "group";
            box.option = std::string(1, static_cast<char>('a' + i));
            box.state = states[i];
            box.likely_marked = states[i] == BoxState::marked;
            if (box.state == BoxState::doubtful) box.reasons.push_back({"mark-faint", "很淡", "faint"});
            sheet.boxes.push_back(box);
        }
    }
    GroupChoice choice() const { return choose_options(sheet).at("group"); }
};

constexpr auto kSingle = templates::FieldKind::choice;
constexpr auto kSeveral = templates::FieldKind::choices;
using enum BoxState;

TEST(ChooseOptions, OneMarkIsTheChoice) {
    const GroupChoice choice = GroupSheet(kSingle, {empty, marked, empty}).choice();
    EXPECT_EQ(choice.options, std::vector<std::string>{"b"});
    EXPECT_FALSE(choice.doubtful);
}

TEST(ChooseOptions, NoMarkWhereOneIsExpectedIsDoubtful) {
    const GroupChoice choice = GroupSheet(kSingle, {empty, struck_out, empty}).choice();
    EXPECT_TRUE(choice.options.empty());
    ASSERT_TRUE(choice.doubtful);
    EXPECT_EQ(choice.reasons.front().code, "choice-none");
}

TEST(ChooseOptions, TwoMarksWhereOneIsExpectedAreDoubtful) {
    const GroupChoice choice = GroupSheet(kSingle, {marked, marked, empty}).choice();
    EXPECT_EQ(choice.options.size(), 2u);
    ASSERT_TRUE(choice.doubtful);
    EXPECT_EQ(choice.reasons.front().code, "choice-several");
}

TEST(ChooseOptions, WhatIsDoubtfulAboutTheGroupIsSaidOfIt) {
    GroupSheet sheet(kSeveral, {empty, empty, empty});
    sheet.sheet.group_reasons["group"] = {{"boxes-left-over", "还有方框", "boxes left over"}};
    const GroupChoice choice = sheet.choice();
    ASSERT_TRUE(choice.doubtful);
    EXPECT_EQ(choice.reasons.front().zh, "还有方框");
}

TEST(ChooseOptions, SeveralMarksAndNoneAreFineWhereSeveralMayBeTicked) {
    EXPECT_EQ(GroupSheet(kSeveral, {marked, marked, empty}).choice().options, (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(GroupSheet(kSeveral, {marked, marked, empty}).choice().doubtful);
    EXPECT_FALSE(GroupSheet(kSeveral, {empty, empty, empty}).choice().doubtful);
}

TEST(ChooseOptions, OneDoubtfulBoxMakesTheGroupDoubtful) {
    const GroupChoice choice = GroupSheet(kSingle, {marked, doubtful, empty}).choice();
    EXPECT_EQ(choice.options, std::vector<std::string>{"a"});
    ASSERT_TRUE(choice.doubtful);
    EXPECT_EQ(choice.reasons.front().zh, "b：很淡");
}

TEST(ChooseOptions, BestGuessOfADoubtfulBoxIsChosen) {
    GroupSheet group(kSingle, {empty, doubtful, empty});
    group.sheet.boxes[1].likely_marked = true;
    EXPECT_EQ(group.choice().options, std::vector<std::string>{"b"});
    EXPECT_TRUE(group.choice().doubtful);
}

} // namespace
} // namespace dengji::layout
