#include "pipeline/reading/card_picture.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr int em = card_digit_height;

/// A card's number with the room around it, and nothing else.
CardPicture blank_card() {
    CardPicture card;
    card.norm = cv::Mat(12 * em, 24 * em, CV_8UC1, cv::Scalar(255));
    card.number = {8 * em, 9 * em, 11 * em, em};
    return card;
}

void put(CardPicture& card, const cv::Rect& piece) {
    cv::rectangle(card.norm, piece, cv::Scalar(0), cv::FILLED);
}

TEST(CardPicture, FindsTheLineAboveTheNumber) {
    CardPicture card = blank_card();
    put(card, {4 * em, 6 * em, em, em});
    put(card, {6 * em, 6 * em, em, em});
    find_card_lines(card);
    ASSERT_EQ(card.lines.size(), 2U);
    EXPECT_EQ(card.lines[0], cv::Rect(4 * em, 6 * em, 3 * em, em));
    EXPECT_EQ(card.lines[1], card.number);
}

// Pages that are no cards have strokes anywhere: those that begin above the number and end beside it were counted
// beyond the last row above it.
TEST(CardPicture, TakesPiecesThatReachBesideTheNumber) {
    CardPicture card = blank_card();
    for (int column = 0; column < 3; ++column) put(card, {(4 + 2 * column) * em, 8 * em + 1, em, 2 * em - 4});
    find_card_lines(card);
    ASSERT_EQ(card.lines.size(), 2U);
    EXPECT_EQ(card.lines[0], cv::Rect(4 * em, 8 * em + 1, 5 * em, 2 * em - 4));
}

} // namespace
} // namespace dengji::reading
