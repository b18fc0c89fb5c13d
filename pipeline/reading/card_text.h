#pragma once
#include "pipeline/reading/vocabulary.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// One printed line of a card's front, as one recogniser read it.
struct CardLine {
    std::string text;
    double confidence = 0; ///< 0..1
    std::size_t line = 0;  ///< its number, from the top, among those that were read
};

/// What a line of a card says, by the printed labels around it.
struct CardEntry {
    std::string text;      ///< without labels; empty: not found
    double confidence = 0; ///< of the line reader, 0..1
    std::size_t from = 0;  ///< first line that it stands on
    std::size_t to = 0;    ///< one past the last
};

/// The front of an identity card, sorted out. Nothing is judged yet.
struct CardText {
    CardEntry name, sex, ethnicity, birth, address, number;
    std::string birth_digits; ///< of the date's line, when it is no date as read: its parts may have run together
    bool number_of_another_paper = false; ///< the number's label is 身份证号 or the like, which no card prints
    int labels = 0; ///< printed labels that were recognised, of 姓名 性别 民族 出生 住址 公民身份号码
};

/// Sorts the lines of a card's front out, top to bottom: by their labels, which may be misread in part, and by their
/// order where a label is lost. `birth` is the date as YYYY-MM-DD, empty when it is none of the calendar; `sex` 男 or
/// 女; `ethnicity` by its full name where `ethnicities` knows it.
CardText sort_out_card(const std::vector<CardLine>& lines, const Vocabulary& ethnicities);

/// Whether a line is one of the other side's: 中华人民共和国 居民身份证, 签发机关, 有效期限.
bool is_card_back(const std::string& text);

} // namespace dengji::reading
