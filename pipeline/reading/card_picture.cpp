#include "pipeline/reading/card_picture.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

// A card measures 85.6 by 54 mm (ID-1). Its number stands near the lower edge, 24 to 29 mm from the left one, and is 36
// to 45 mm long, as the typeface has it. In lengths of the number, with room to spare:
constexpr double room_left = 1.0, room_right = 0.7, room_above = 1.45, room_below = 0.25;
constexpr double shortest_number = 10.5; // of the digits' height
constexpr double label_reach = 0.9;      // before its beginning: where the labels surely begin
constexpr double text_reach = 0.95;      // of the number's length, from its beginning: where the photograph surely is

// Of the digits' height:
constexpr double digit_gap = 0.7;     // between two digits at most
constexpr double word_gap = 3.2;      // between the words of a line at most
constexpr double indent = 14;         // of a line's beginning against the first column at most
constexpr double address_room = 9;    // between the number and the line above it at most
constexpr double line_room = 4;       // between other lines at most
constexpr double largest_piece = 2.2; // of a character

constexpr int ink_level = 215;     // the labels are pale and thin; the waves of the ground are paler still
constexpr int darkest_ground = 60; // a black photograph stays black
constexpr double em = card_digit_height;

cv::Mat ground_made_paper(const cv::Mat& grey) {
    cv::Mat ground;
    const int reach = card_digit_height * 3 / 4 | 1;
    cv::morphologyEx(grey, ground, cv::MORPH_CLOSE, cv::Mat::ones(reach, reach, CV_8U), {-1, -1}, 1,
                     cv::BORDER_REPLICATE);
    cv::blur(ground, ground, {reach, reach}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::max(ground, darkest_ground, ground);
    cv::Mat norm;
    cv::divide(grey, ground, norm, 255);
    return norm;
}

cv::Matx23d composed(const cv::Matx23d& outer, const cv::Matx23d& inner) {
    const auto square = [](const cv::Matx23d& m) {
        return cv::Matx33d(m(0, 0), m(0, 1), m(0, 2), m(1, 0), m(1, 1), m(1, 2), 0, 0, 1);
    };
    const cv::Matx33d product = square(outer) * square(inner);
    return {product(0, 0), product(0, 1), product(0, 2), product(1, 0), product(1, 1), product(1, 2)};
}

cv::Point2d mapped(const cv::Matx23d& m, double x, double y) {
    return {m(0, 0) * x + m(0, 1) * y + m(0, 2), m(1, 0) * x + m(1, 1) * y + m(1, 2)};
}

std::vector<cv::Rect> pieces_of(const cv::Mat& norm) {
    cv::Mat labels, stats, middles;
    const int count =
        cv::connectedComponentsWithStats(norm < ink_level, labels, stats, middles, 8, CV_32S, cv::CCL_SPAGHETTI);
    std::vector<cv::Rect> pieces;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        if (row[cv::CC_STAT_AREA] >= 12)
            pieces.emplace_back(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                                row[cv::CC_STAT_HEIGHT]);
    }
    return pieces;
}

/// Grows the digits that were seen by those beside them.
cv::Rect whole_number(const std::vector<cv::Rect>& pieces, cv::Rect number) {
    for (bool grown = true; grown;) {
        grown = false;
        for (const cv::Rect& piece : pieces) {
            const int middle = piece.y + piece.height / 2;
            if (piece.height < 0.4 * em || piece.height > 1.4 * em || middle < number.y || middle >= number.br().y)
                continue;
            const bool beside = piece.x <= number.br().x + digit_gap * em && piece.br().x >= number.x - digit_gap * em;
            const cv::Rect together = number | piece;
            if (!beside || together == number) continue;
            number = together;
            grown = true;
        }
    }
    return number;
}

/// Where the rows of text lie in the first `height` rows, top to bottom. Pieces may reach below them.
std::vector<cv::Range> rows_of(const std::vector<cv::Rect>& pieces, int height) {
    std::vector<double> covered(static_cast<std::size_t>(height) + 1);
    for (const cv::Rect& piece : pieces)
        if (piece.height >= 0.25 * em)
            for (int y = piece.y; y < std::min(piece.br().y, height); ++y)
                covered[static_cast<std::size_t>(y)] += piece.width;
    std::vector<cv::Range> rows;
    int begin = -1;
    for (int y = 0; y <= height; ++y) {
        const bool text = y < height && covered[static_cast<std::size_t>(y)] >= 0.4 * em;
        if (text && begin < 0) begin = y;
        if (text || begin < 0) continue;
        if (y - begin >= 0.4 * em) rows.emplace_back(begin, y);
        begin = -1;
    }
    return rows;
}

/// The words of a row: the longest stretch without a wide gap that begins between two columns. Specks beside the card
/// make short ones.
cv::Rect line_in(const std::vector<cv::Rect>& pieces, const cv::Range& row, double from, double to) {
    std::vector<cv::Rect> inside;
    for (const cv::Rect& piece : pieces) {
        const int middle = piece.y + piece.height / 2;
        if (middle >= row.start && middle < row.end) inside.push_back(piece);
    }
    std::sort(inside.begin(), inside.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; });
    cv::Rect longest, stretch;
    for (const cv::Rect& piece : inside) {
        if (piece.x < from) continue;
        if (stretch.empty() || piece.x > stretch.br().x + word_gap * em) {
            if (piece.x > to) break;
            stretch = piece;
        } else {
            stretch |= piece;
        }
        if (stretch.width > longest.width) longest = stretch;
    }
    return longest;
}

} // namespace

CardPicture cut_card(const cv::Mat& page, const DigitRun& run, bool turned) {
    const cv::Point2d first = turned ? run.last : run.first, last = turned ? run.first : run.last;
    const double length = cv::norm(last - first);
    const cv::Point2d along = (last - first) * (1 / std::max(1.0, length)), down(-along.y, along.x);
    const double scale = card_digit_height / run.height; // picture / page
    const double number = std::max(length, shortest_number * run.height);

    CardPicture card;
    const cv::Point2d origin = first - along * (room_left * number) - down * (room_above * number);
    const cv::Size size(static_cast<int>((room_left * number + length + room_right * number) * scale),
                        static_cast<int>((room_above + room_below) * number * scale));
    card.to_page = {along.x / scale, down.x / scale, origin.x, along.y / scale, down.y / scale, origin.y};

    // Only the part of the page that is needed, made smaller first where it is much finer than the picture.
    std::vector<cv::Point2f> corners;
    for (const cv::Point2d& corner : {cv::Point2d(0, 0), cv::Point2d(size.width, 0),
                                      cv::Point2d(size.width, size.height), cv::Point2d(0, size.height)})
        corners.emplace_back(mapped(card.to_page, corner.x, corner.y));
    const cv::Rect part = cv::boundingRect(corners) & cv::Rect({}, page.size());
    if (part.empty() || size.area() <= 0) return card;
    cv::Mat source = page(part);
    const double reduction = scale < 0.7 ? scale : 1;
    if (reduction < 1) {
        cv::Mat reduced;
        cv::resize(source, reduced, {}, reduction, reduction, cv::INTER_AREA);
        source = reduced;
    }
    const cv::Matx23d into_source(reduction, 0, -part.x * reduction, 0, reduction, -part.y * reduction);
    cv::Mat grey;
    cv::warpAffine(source, grey, composed(into_source, card.to_page), size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    card.norm = ground_made_paper(grey);

    const int x = static_cast<int>(room_left * number * scale), y = static_cast<int>(room_above * number * scale);
    card.number = cv::Rect(x, y - card_digit_height / 2, static_cast<int>(length * scale), card_digit_height);
    card.number = whole_number(pieces_of(card.norm), card.number) & cv::Rect({}, size);
    return card;
}

void find_card_lines(CardPicture& card) {
    card.lines.clear();
    if (card.norm.empty()) return;
    const double photograph = card.number.x + text_reach * card.number.width;
    std::vector<cv::Rect> all = pieces_of(card.norm), in_line, above;
    double right = photograph;
    for (const cv::Rect& piece : all) {
        // The photograph in black and white: a large piece beside the text.
        const bool large = piece.height > largest_piece * em && piece.width > em;
        if (large && piece.x > card.number.x + 0.3 * card.number.width && piece.y < card.number.y)
            right = std::min(right, static_cast<double>(piece.x));
    }
    for (const cv::Rect& piece : all) {
        if (piece.height > largest_piece * em || piece.width > 3 * em || std::max(piece.width, piece.height) < 0.2 * em)
            continue;
        if (piece.y + piece.height / 2 >= card.number.y)
            in_line.push_back(piece);
        else if (piece.x < right)
            above.push_back(piece);
    }

    // The number's own line begins with its label, below the labels of the others.
    cv::Rect number_line = card.number;
    for (bool grown = true; grown;) {
        grown = false;
        for (const cv::Rect& piece : in_line) {
            const int middle = piece.y + piece.height / 2;
            if (middle < card.number.y || middle >= card.number.br().y || piece.x >= number_line.x) continue;
            if (piece.br().x < number_line.x - word_gap * em) continue;
            number_line |= piece;
            grown = true;
        }
    }

    const bool has_label = number_line.x < card.number.x;
    const double first_column = has_label ? number_line.x - 2.5 * em : card.number.x - label_reach * card.number.width;
    int below = number_line.y;
    std::vector<cv::Range> rows = rows_of(above, card.number.y);
    std::reverse(rows.begin(), rows.end());
    for (const cv::Range& row : rows) {
        const cv::Rect line = line_in(above, row, first_column, first_column + indent * em);
        if (line.empty() || line.width < 0.5 * em) continue;
        if (below - line.br().y > (card.lines.empty() ? address_room : line_room) * em) break;
        card.lines.push_back(line);
        below = line.y;
    }
    std::reverse(card.lines.begin(), card.lines.end());
    card.lines.push_back(number_line);
}

std::array<cv::Point2f, 4> corners_on_page(const CardPicture& card, const cv::Rect& part) {
    const double left = part.x, top = part.y, right = part.br().x, bottom = part.br().y;
    return {cv::Point2f(mapped(card.to_page, left, top)), cv::Point2f(mapped(card.to_page, right, top)),
            cv::Point2f(mapped(card.to_page, right, bottom)), cv::Point2f(mapped(card.to_page, left, bottom))};
}

} // namespace dengji::reading
