#pragma once
#include "pipeline/layout/glyphs.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>
#include <vector>

namespace dengji::reading {

/// Whom a drawn card names; made up.
struct Person {
    std::string name = "沈试样", sex = "女", ethnicity = "土家";
    std::string year = "1983", month = "11", day = "2";
    std::vector<std::string> address = {"重庆市江津区白沙镇", "南安街64号2幢5-1"}; ///< line by line
    std::string number = "510225198311029922";
};

/// Draws text with its top left corner at a point; `level` is the ink's.
inline void draw_text(cv::Mat& page, const std::string& text, cv::Point at, double size, int level, int font = 0) {
    const auto word = layout::draw_word(text, font, size);
    if (!word) return;
    const cv::Mat& darkness = word->darkness;
    for (int y = 0; y < darkness.rows; ++y)
        for (int x = 0; x < darkness.cols; ++x) {
            const cv::Point to(at.x + x, at.y + y);
            if (!cv::Rect({}, page.size()).contains(to)) continue;
            auto& pixel = page.at<uchar>(to);
            pixel = static_cast<uchar>(pixel + (std::min<int>(level, pixel) - pixel) * darkness.at<uchar>(y, x) / 255);
        }
}

/// A card's front at 200 dpi as a copier delivers it: tinted ground with fine waves, pale labels, a photograph. The
/// places are the real card's.
inline cv::Mat drawn_card(const Person& person, int font = 0, int ground = 222) {
    constexpr double mm = 200 / 25.4;
    const auto at = [](double x, double y) { return cv::Point(static_cast<int>(x * mm), static_cast<int>(y * mm)); };
    cv::Mat card(static_cast<int>(54 * mm), static_cast<int>(85.6 * mm), CV_8UC1, cv::Scalar(ground));
    for (int wave = 0; wave < 18; ++wave)
        for (int x = 4; x < card.cols - 4; ++x) {
            const int y = static_cast<int>(wave * card.rows / 18.0 + 9 * std::sin(x / 35.0 + wave));
            if (y >= 0 && y < card.rows) card.at<uchar>(y, x) = static_cast<uchar>(ground - 14);
        }
    cv::rectangle(card, {0, 0}, {card.cols - 1, card.rows - 1}, cv::Scalar(150), 2);
    const double label = 2.7 * mm, value = 3.2 * mm;
    const std::vector<std::pair<std::string, std::string>> lines = {
        {"姓名", person.name}, {"性别", person.sex}, {"出生", person.year}, {"住址", person.address.at(0)}};
    double y = 7;
    for (const auto& [word, text] : lines) {
        draw_text(card, word, at(5.5, y), label, 110, font);
        draw_text(card, text, at(15, y), value, 30, font);
        if (word == "性别") {
            draw_text(card, "民族", at(25, y), label, 110, font);
            draw_text(card, person.ethnicity, at(34, y), value, 30, font);
        }
        if (word == "出生") {
            draw_text(card, "年", at(24, y), label, 110, font);
            draw_text(card, person.month, at(28, y), value, 30, font);
            draw_text(card, "月", at(33, y), label, 110, font);
            draw_text(card, person.day, at(38, y), value, 30, font);
            draw_text(card, "日", at(42, y), label, 110, font);
        }
        y += 7;
    }
    y -= 2.2;
    for (std::size_t i = 1; i < person.address.size(); ++i, y += 4.6)
        draw_text(card, person.address[i], at(15, y), value, 30, font);
    draw_text(card, "公民身份号码", at(5.5, 46), label, 110, font);
    double x = 28;
    for (const char digit : person.number) {
        draw_text(card, std::string(1, digit), at(x, 45.6), 4.2 * mm, 25, font);
        x += 2.45;
    }
    cv::RNG random(7);
    cv::Mat photograph = card(cv::Rect(at(57, 9), at(81, 41)));
    random.fill(photograph, cv::RNG::NORMAL, 200, 12);
    cv::ellipse(card, at(69, 20), {55, 75}, 0, 0, 360, cv::Scalar(120), cv::FILLED);
    cv::ellipse(card, at(69, 41), {85, 80}, 0, 180, 360, cv::Scalar(70), cv::FILLED);
    return card;
}

/// An A4 page at 200 dpi with a card on it, tilted by some degrees.
inline cv::Mat page_with_card(const cv::Mat& card, double tilt = 0, cv::Point at = {400, 300}) {
    cv::Mat page(2339, 1654, CV_8UC1, cv::Scalar(250));
    const cv::Point2f middle(static_cast<float>(card.cols) / 2, static_cast<float>(card.rows) / 2);
    cv::Mat turn = cv::getRotationMatrix2D(middle, tilt, 1);
    turn.at<double>(0, 2) += at.x;
    turn.at<double>(1, 2) += at.y;
    cv::warpAffine(card, page, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
    return page;
}

} // namespace dengji::reading
