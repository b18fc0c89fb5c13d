#include "pipeline/app/debug_picture.h"

#include "pipeline/app/colours.h"
#include "pipeline/app/upright_picture.h"

#include <cstdio>
#include <opencv2/imgproc.hpp>

namespace dengji::app {
namespace {

using colours::black, colours::blue, colours::green, colours::grey, colours::orange, colours::red, colours::violet,
    colours::white;

constexpr int text_size = 22;
constexpr int legend_height = 44;

class Drawing {
public:
    Drawing(const intake::Page& page, const layout::Sheet& sheet, const reading::PageResult& result,
            TextPainter& painter)
        : sheet_(sheet), result_(result), painter_(painter), picture_(page.image, sheet.orientation) {}

    cv::Mat make() {
        if (sheet_.kind == layout::PageKind::form) {
            for (const auto& cell : sheet_.cells)
                picture_.line(outline(cell.rect), true, cell.doubtful ? orange : grey, cell.doubtful ? 3 : 1);
            for (const auto& field : sheet_.fields) draw_field(field);
            for (const auto& box : sheet_.boxes) draw_box(box);
            for (const auto& reading : result_.readings) draw_value(reading);
        }
        return with_legend();
    }

private:
    /// An area of the table on the picture; follows curl and tilt of the page.
    std::vector<cv::Point> outline(const cv::Rect2d& area) const {
        constexpr int steps = 12;
        const std::array<cv::Point2d, 4> corners{area.tl(), cv::Point2d(area.x + area.width, area.y), area.br(),
                                                 cv::Point2d(area.x, area.y + area.height)};
        std::vector<cv::Point> points;
        for (std::size_t side = 0; side < 4; ++side)
            for (int i = 0; i < steps; ++i) {
                const auto along = corners[side] + (corners[(side + 1) % 4] - corners[side]) * (i / double(steps));
                points.push_back(picture_.place(sheet_.table.to_page(along)));
            }
        return points;
    }

    /// A date's blanks belong to the reading of the whole date.
    const reading::Reading* reading_of(const std::string& key) const {
        const auto parent = key.substr(0, key.rfind('.'));
        const reading::Reading* found = nullptr;
        for (const auto& reading : result_.readings) {
            if (reading.key == key) return &reading;
            if (reading.key == parent) found = &reading;
        }
        return found;
    }

    void draw_field(const layout::PlacedField& field) {
        const auto* reading = reading_of(field.key);
        const bool review = !reading || reading->review;
        const auto points = outline(field.area);
        const bool empty = field.presence == layout::Presence::empty;
        picture_.tint(points, review ? red : empty ? grey : green, empty && !review ? 0.06 : 0.12);
        picture_.line(points, true, review ? red : empty ? grey : green, empty && !review ? 1 : 2);
    }

    void draw_box(const layout::PlacedBox& box) {
        if (box.rect.empty()) return; // its outline was not found
        const auto* reading = reading_of(box.group);
        const bool doubtful = box.state == layout::BoxState::doubtful;
        const bool marked = box.state == layout::BoxState::marked;
        const auto colour = doubtful ? red : marked ? blue : box.state == layout::BoxState::struck_out ? violet : grey;
        const double grow = 3;
        const auto points =
            outline({box.rect.x - grow, box.rect.y - grow, box.rect.width + 2 * grow, box.rect.height + 2 * grow});
        if (marked) picture_.tint(points, colour, 0.35);
        picture_.line(points, true, colour, marked || doubtful ? 3 : 2);
        // A group that waits for a person although its boxes look clear: for instance two marks where one is expected.
        if (reading && reading->review && !doubtful) picture_.line(points, true, red, 1);
    }

    static std::string text_of(const reading::Reading& reading) {
        std::string text;
        if (const auto* words = std::get_if<std::string>(&reading.value)) text = *words;
        if (const auto* there = std::get_if<bool>(&reading.value)) text = *there ? "✓" : "";
        if (std::holds_alternative<std::vector<std::string>>(reading.value)) return {};
        if (!reading.review) return text;
        char confidence[16];
        std::snprintf(confidence, sizeof confidence, "%.2f", reading.confidence);
        return (text.empty() ? "? " : text + " ? ") + confidence;
    }

    void draw_value(const reading::Reading& reading) {
        const auto text = text_of(reading);
        if (text.empty()) return;
        const auto corner = picture_.place({reading.box[0].x, reading.box[0].y});
        const auto other = picture_.place({reading.box[2].x, reading.box[2].y});
        if (corner == other) return;
        label({static_cast<int>(std::min(corner.x, other.x)), static_cast<int>(std::min(corner.y, other.y))}, text,
              reading.review ? red : green);
    }

    /// A small plate with text that sits on the upper edge of what it belongs to.
    void label(cv::Point top_left, const std::string& text, const cv::Scalar& colour) {
        const int width = painter_.width(text, text_size) + 8, height = text_size + 4;
        auto& pixels = picture_.pixels();
        const int x = std::clamp(top_left.x, 0, std::max(0, pixels.cols - width));
        const int y = std::clamp(top_left.y - height / 2 - 4, 0, std::max(0, pixels.rows - height));
        picture_.tint({{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}, white, 0.8);
        painter_.draw(pixels, {x + 4, y + text_size - 2}, text, text_size, colour);
    }

    cv::Mat with_legend() {
        const auto& pixels = picture_.pixels();
        cv::Mat whole(pixels.rows + legend_height, pixels.cols, CV_8UC3, white);
        pixels.copyTo(whole.rowRange(0, pixels.rows));
        int x = 16;
        const int base = pixels.rows + legend_height - 14;
        const auto write = [&](const std::string& text, const cv::Scalar& colour) {
            painter_.draw(whole, {x, base}, text, text_size, colour);
            x += painter_.width(text, text_size) + 28;
        };
        if (sheet_.kind == layout::PageKind::form) {
            write(result_.form, black);
            write("■ accepted", green);
            write("■ for review", red);
            write("□ empty", grey);
            write("■ marked box", blue);
            write("■ struck out", violet);
            write("■ doubtful cell", orange);
        } else {
            std::string text = result_.kind;
            for (const auto& reason : result_.reasons) text += ": " + reason.en;
            write(text, red);
        }
        return whole;
    }

    const layout::Sheet& sheet_;
    const reading::PageResult& result_;
    TextPainter& painter_;
    UprightPicture picture_;
};

} // namespace

cv::Mat draw_findings(const intake::Page& page, const layout::Sheet& sheet, const reading::PageResult& result,
                      TextPainter& painter) {
    return Drawing(page, sheet, result, painter).make();
}

} // namespace dengji::app
