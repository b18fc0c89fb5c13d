#pragma once
#include "pipeline/layout/glyphs.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/imgproc.hpp>

#include <deque>
#include <string>
#include <vector>

namespace dengji::layout::tests {

/// A made-up table, drawn cell by cell, as layout hands it to the search for fields.
class DrawnPage {
public:
    explicit DrawnPage(int width = 1300, int height = 700) : paper_(height, width, CV_8UC1, cv::Scalar(255)) {}

    int font = 0;
    double em = 24;

    /// Draws the frame of a cell and returns its definition, to be filled.
    templates::Cell& cell(templates::CellKind kind, const std::string& key, const cv::Rect& rect, int line = 2) {
        cv::rectangle(paper_, rect, cv::Scalar(30), line);
        definitions_.emplace_back();
        definitions_.back().kind = kind;
        definitions_.back().key = key;
        PlacedCell placed;
        placed.cell = &definitions_.back();
        placed.rect = rect;
        cells_.push_back(placed);
        return definitions_.back();
    }

    void label(const std::string& text, const cv::Rect& rect) {
        cell(templates::CellKind::label, "", rect).text = text;
        print(text, {rect.x + 8, rect.y + rect.height / 2});
    }

    /// Prints a word from `left` on with its characters' middle line at `middle`; gives the place of its ink.
    cv::Rect print(const std::string& text, const cv::Point& left_middle, double size = 0, int tone = 20) {
        const auto picture = draw_word(text, font, size > 0 ? size : em);
        const cv::Rect place(left_middle.x, left_middle.y - cvRound(picture->middle), picture->darkness.cols,
                             picture->darkness.rows);
        cv::Mat target = paper_(place);
        for (int y = 0; y < place.height; ++y) {
            for (int x = 0; x < place.width; ++x) {
                const int value = 255 - picture->darkness.at<uchar>(y, x) * (255 - tone) / 255;
                target.at<uchar>(y, x) = std::min(target.at<uchar>(y, x), static_cast<uchar>(value));
            }
        }
        return place;
    }

    void stroke(const cv::Point& from, const cv::Point& to, int tone = 40, int thick = 3) {
        cv::line(paper_, from, to, cv::Scalar(tone), thick, cv::LINE_AA);
    }

    /// Something like a handwritten word.
    void scrawl(const cv::Point& left_middle, int characters, int tone = 40) {
        for (int i = 0; i < characters; ++i) {
            const cv::Point p = left_middle + cv::Point(i * 26, 0);
            stroke(p + cv::Point(0, -10), p + cv::Point(16, -8), tone);
            stroke(p + cv::Point(8, -12), p + cv::Point(4, 12), tone);
            stroke(p + cv::Point(2, 2), p + cv::Point(18, 10), tone);
        }
    }

    cv::Mat& paper() { return paper_; }

    Sheet sheet(bool tonal = true) const {
        Sheet sheet;
        sheet.kind = PageKind::form;
        sheet.em = em;
        sheet.cells = cells_;
        Table& table = sheet.table;
        table.norm = paper_.clone();
        table.tonal = tonal;
        table.margin = 20;
        table.width = paper_.cols - 40;
        table.rules_y = {20.0, paper_.rows - 20.0};
        table.ink = (table.norm < table.threshold) / 255;
        table.print_ink = (table.norm < table.print_threshold) / 255;
        return sheet;
    }

private:
    cv::Mat paper_;
    std::deque<templates::Cell> definitions_; ///< cells point into it
    std::vector<PlacedCell> cells_;
};

inline const PlacedField* field_of(const Sheet& sheet, const std::string& key) {
    for (const PlacedField& field : sheet.fields) {
        if (field.key == key) {
            return &field;
        }
    }
    return nullptr;
}

} // namespace dengji::layout::tests
