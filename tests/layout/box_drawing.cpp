#include "tests/layout/box_drawing.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout::testing {
namespace {

constexpr int kMargin = 26;
constexpr int kWidth = 1200;

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> result;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) result.emplace_back();
        result.back() += c;
    }
    return result;
}

/// Strokes that are as dense as a Chinese character, different for each.
void draw_glyph(cv::Mat& page, const std::string& character, cv::Point corner, int em, int grey) {
    const int side = em * 21 / 25;
    const cv::Rect body(corner.x + (em - side) / 2, corner.y + (em - side) / 2, side, side);
    const cv::Scalar ink(grey);
    if (character == "口" || character == "国") cv::rectangle(page, body, ink, 2);
    if (character == "口") return;
    unsigned seed = 7;
    for (const char c : character) seed = seed * 31 + static_cast<unsigned char>(c);
    const auto next = [&](int range) {
        seed = seed * 1103515245u + 12345u;
        return static_cast<int>((seed >> 16) % static_cast<unsigned>(range));
    };
    for (int i = 0; i < 3; ++i) {
        const int y = body.y + 2 + i * (side - 4) / 2, short_of = next(side / 3);
        cv::line(page, {body.x + short_of, y}, {body.br().x - 1 - next(side / 4), y}, ink, 2);
    }
    for (int i = 0; i < 2; ++i) {
        const int x = body.x + side / 4 + i * side / 2;
        cv::line(page, {x, body.y + next(side / 3)}, {x, body.br().y - 1 - next(side / 4)}, ink, 2);
    }
}

void draw_outline(cv::Mat& page, const cv::Rect& inside, const Printing& p) {
    // Filled in the outline's grey, then emptied: keeps the thickness exact, with round corners as well.
    const auto fill = [&](cv::Rect area, int radius, int grey) {
        if (radius <= 0) {
            cv::rectangle(page, area, cv::Scalar(grey), cv::FILLED);
            return;
        }
        cv::rectangle(page, {area.x + radius, area.y, area.width - 2 * radius, area.height}, cv::Scalar(grey),
                      cv::FILLED);
        cv::rectangle(page, {area.x, area.y + radius, area.width, area.height - 2 * radius}, cv::Scalar(grey),
                      cv::FILLED);
        for (const int x : {area.x + radius, area.br().x - 1 - radius})
            for (const int y : {area.y + radius, area.br().y - 1 - radius})
                cv::circle(page, {x, y}, radius, cv::Scalar(grey), cv::FILLED);
    };
    fill({inside.x - p.stroke, inside.y - p.stroke, inside.width + 2 * p.stroke, inside.height + 2 * p.stroke},
         p.corner > 0 ? p.corner + p.stroke : 0, p.outline);
    fill(inside, p.corner, 255);
}

} // namespace

DrawnSheet::DrawnSheet(const Printing& printing, const std::vector<DrawnCell>& cells) : printing_(printing) {
    int height = 2 * kMargin;
    for (const DrawnCell& cell : cells) height += static_cast<int>(cell.lines.size()) * printing.line + 12;
    page_ = cv::Mat(height, kWidth, CV_8U, cv::Scalar(255));
    int y = kMargin;
    for (const DrawnCell& drawn : cells) {
        templates::Cell cell;
        cell.kind = templates::CellKind::options;
        cell.key = drawn.key;
        const cv::Rect area(kMargin, y, kWidth - 2 * kMargin,
                            static_cast<int>(drawn.lines.size()) * printing.line + 12);
        cv::rectangle(page_, area, cv::Scalar(printing.print), 2);
        areas_.push_back(area);
        int line_top = y + 6;
        for (const std::vector<std::string>& line : drawn.lines) {
            int x = area.x + printing.indent;
            const int middle = line_top + printing.line / 2;
            for (const std::string& option : line) {
                const cv::Rect box(x + printing.stroke, middle - printing.box / 2, printing.box, printing.box);
                draw_outline(page_, box, printing);
                int label_x = box.br().x + printing.stroke + printing.gap;
                const cv::Point label_begin(label_x, middle - printing.em / 2);
                for (const std::string& character : characters(option)) {
                    draw_glyph(page_, character, {label_x, middle - printing.em / 2}, printing.em, printing.print);
                    label_x += printing.em;
                }
                places_[option] = {box, cv::Rect(label_begin, cv::Point(label_x, label_begin.y + printing.em))};
                cell.options.push_back(option);
                x = label_x + printing.between;
            }
            line_top += printing.line;
        }
        templates::Field field;
        field.key = drawn.key;
        field.kind = drawn.kind;
        field.options = cell.options;
        form_.fields.push_back(field);
        cells_.push_back(std::move(cell));
        y += area.height;
    }
}

DrawnSheet& DrawnSheet::mark(const std::string& option, const Pen& pen) {
    const auto& [box, label] = places_.at(option);
    pen(page_, box, label);
    return *this;
}

const Sheet& DrawnSheet::scan() {
    sheet_ = Sheet();
    sheet_.kind = PageKind::form;
    sheet_.form = &form_;
    Table& table = sheet_.table;
    table.norm = page_.clone();
    if (printing_.blur > 0) cv::GaussianBlur(table.norm, table.norm, {0, 0}, printing_.blur);
    if (printing_.bitonal) table.norm.setTo(255, table.norm >= 150), table.norm.setTo(0, table.norm < 150);
    table.tonal = !printing_.bitonal;
    table.ink = (table.norm < table.threshold) / 255;
    table.print_ink = (table.norm < table.print_threshold) / 255;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        PlacedCell placed;
        placed.cell = &cells_[i];
        placed.rect = areas_[i];
        sheet_.cells.push_back(placed);
    }
    find_boxes(sheet_);
    return sheet_;
}

const PlacedBox& DrawnSheet::box(const std::string& option) const {
    for (const PlacedBox& box : sheet_.boxes)
        if (box.option == option) return box;
    throw std::out_of_range("no option " + option);
}

GroupChoice DrawnSheet::choice(const std::string& key) const {
    return choose_options(sheet_).at(key);
}

cv::Rect DrawnSheet::drawn_box(const std::string& option) const {
    return places_.at(option).first;
}

namespace pens {

DrawnSheet::Pen tick(int grey, int thickness) {
    return [=](cv::Mat& page, cv::Rect b, cv::Rect) {
        const cv::Point low(b.x + b.width * 2 / 5, b.y + b.height * 4 / 5);
        cv::line(page, {b.x + b.width / 6, b.y + b.height / 2}, low, cv::Scalar(grey), thickness);
        cv::line(page, low, {b.x + b.width - 2, b.y + b.height / 6}, cv::Scalar(grey), thickness);
    };
}
DrawnSheet::Pen cross() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::line(page, b.tl(), b.br(), cv::Scalar(30), 3);
        cv::line(page, {b.x, b.br().y}, {b.br().x, b.y}, cv::Scalar(30), 3);
    };
}
DrawnSheet::Pen slash() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::line(page, {b.x - 2, b.br().y + 2}, {b.br().x + 2, b.y - 2}, cv::Scalar(30), 3);
    };
}
DrawnSheet::Pen dot() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::circle(page, (b.tl() + b.br()) / 2, b.width * 3 / 10, cv::Scalar(30), cv::FILLED);
    };
}
DrawnSheet::Pen filled() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) { cv::rectangle(page, b, cv::Scalar(30), cv::FILLED); };
}
DrawnSheet::Pen long_tick() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        const cv::Point low(b.x + b.width / 3, b.br().y + 2);
        cv::line(page, {b.x - 4, b.y + b.height / 2}, low, cv::Scalar(30), 3);
        cv::line(page, low, {b.br().x + b.width, b.y - b.height / 2}, cv::Scalar(30), 3);
    };
}
DrawnSheet::Pen ring() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect label) {
        const cv::Rect both = b | label;
        cv::ellipse(page, (both.tl() + both.br()) / 2, {both.width / 2 + 10, both.height / 2 + 5}, 0, 0, 360,
                    cv::Scalar(30), 2, cv::LINE_AA);
    };
}
DrawnSheet::Pen beside() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        const cv::Point low(b.x - b.width * 2 / 5, b.br().y - 2);
        cv::line(page, {b.x - b.width * 7 / 10, b.y + b.height / 2}, low, cv::Scalar(30), 3);
        cv::line(page, low, {b.x - 3, b.y + 3}, cv::Scalar(30), 3);
    };
}
DrawnSheet::Pen strike() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect label) {
        const int y = b.y + b.height / 2;
        cv::line(page, {b.x - 8, y - 2}, {label.br().x + 6, y + 2}, cv::Scalar(30), 3);
    };
}
DrawnSheet::Pen scribble() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::rectangle(page, {b.x - 8, b.y - 7, b.width + 13, b.height + 14}, cv::Scalar(30), cv::FILLED);
    };
}
DrawnSheet::Pen white() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::rectangle(page, {b.x - 6, b.y - 6, b.width + 11, b.height + 12}, cv::Scalar(255), cv::FILLED);
    };
}
DrawnSheet::Pen speck() {
    return [](cv::Mat& page, cv::Rect b, cv::Rect) {
        cv::circle(page, (b.tl() + b.br()) / 2, 1, cv::Scalar(30), cv::FILLED);
    };
}
DrawnSheet::Pen then(DrawnSheet::Pen first, DrawnSheet::Pen second) {
    return [=](cv::Mat& page, cv::Rect box, cv::Rect label) {
        first(page, box, label);
        second(page, box, label);
    };
}

} // namespace pens
} // namespace dengji::layout::testing
