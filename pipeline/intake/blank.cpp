#include "pipeline/intake/blank.h"

#include <climits>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace dengji::intake {
namespace {

// Lengths in millimetres. A signature's characters are 5 mm and more, its strokes run together to more than that.
constexpr double longest_speck = 2.5;
constexpr double shortest_writing = 6;
constexpr double least_writing = 12;   // all marks that are no specks, added up
constexpr double deepest_edge = 12;    // of a black edge that is not solid
constexpr double thinnest_solid = 3.5; // a black edge, a wedge beside a crooked sheet, a folded corner
constexpr double widest_streak = 1.5;
constexpr double least_streak = 0.35; // share of the page's height
constexpr std::size_t most_streaks = 8;
constexpr double punch_hole_least = 4;
constexpr double punch_hole_most = 9;
constexpr double punch_hole_margin = 20;

int pixels(double millimetres, double scale) {
    return std::max(1, static_cast<int>(std::lround(millimetres * scale)));
}

struct Component {
    cv::Rect box;
    int area = 0;
};

struct Components {
    cv::Mat labels;
    std::vector<Component> all; ///< [0] is the paper and stays empty
};

/// Connected pieces of ink. OpenCV's own statistics would also measure the paper, which costs more than all the rest.
Components find_components(const cv::Mat& ink) {
    Components found;
    const int count = cv::connectedComponents(ink, found.labels, 8, CV_32S);
    struct Reach {
        int left = INT_MAX, top = INT_MAX, right = -1, bottom = -1, area = 0;
    };
    std::vector<Reach> reach(static_cast<std::size_t>(count));
    for (int y = 0; y < ink.rows; ++y) {
        const int* label = found.labels.ptr<int>(y);
        for (int x = 0; x < ink.cols; ++x) {
            if (label[x] == 0) continue;
            Reach& r = reach[static_cast<std::size_t>(label[x])];
            r.left = std::min(r.left, x);
            r.right = std::max(r.right, x);
            r.top = std::min(r.top, y);
            r.bottom = y;
            ++r.area;
        }
    }
    found.all.resize(reach.size());
    for (std::size_t i = 1; i < reach.size(); ++i) {
        const Reach& r = reach[i];
        found.all[i] = {{r.left, r.top, r.right - r.left + 1, r.bottom - r.top + 1}, r.area};
    }
    return found;
}

bool touches_edge(const cv::Rect& box, const cv::Size& page) {
    constexpr int near = 1;
    return box.x <= near || box.y <= near || box.br().x >= page.width - near || box.br().y >= page.height - near;
}

/// Erases components that touch the page's edge, everywhere or only where they lie within `depth` of it.
void erase_at_edge(cv::Mat& ink, const cv::Mat& of, int grow, int depth) {
    const Components found = find_components(of);
    cv::Mat doomed(ink.size(), CV_8UC1, cv::Scalar(0));
    bool any = false;
    for (std::size_t i = 1; i < found.all.size(); ++i) {
        if (!touches_edge(found.all[i].box, ink.size())) continue;
        const cv::Rect box = found.all[i].box;
        doomed(box).setTo(255, found.labels(box) == static_cast<int>(i));
        any = true;
    }
    if (!any) return;
    if (depth > 0 && 2 * depth < std::min(ink.rows, ink.cols)) {
        doomed(cv::Rect(depth, depth, ink.cols - 2 * depth, ink.rows - 2 * depth)).setTo(0);
    }
    if (grow > 0) cv::dilate(doomed, doomed, cv::Mat(), cv::Point(-1, -1), grow);
    ink.setTo(0, doomed);
}

/// Black edges and wedges are solid, however deep they reach into the page.
void erase_solid_edges(cv::Mat& ink, double scale) {
    const int size = pixels(thinnest_solid, scale);
    // A rim of ink around the page, so that what lies along the edge counts as thick.
    cv::Mat framed;
    cv::copyMakeBorder(ink, framed, size, size, size, size, cv::BORDER_REPLICATE);
    cv::Mat solid;
    cv::morphologyEx(framed, solid, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {size, size}));
    erase_at_edge(ink, solid(cv::Rect(size, size, ink.cols, ink.rows)).clone(), 2, 0);
}

/// A streak is a thin line along the paper's way through the scanner: it runs from edge to edge, which no table's line
/// does.
void erase_streaks(cv::Mat& ink, double scale) {
    const int margin = std::max(1, ink.rows / 25);
    const int reach = pixels(widest_streak, scale);
    cv::Mat cover;
    cv::reduce(ink, cover, 0, cv::REDUCE_SUM, CV_32S);
    cv::Mat top;
    cv::Mat bottom;
    cv::reduce(ink.rowRange(0, margin), top, 0, cv::REDUCE_MAX);
    cv::reduce(ink.rowRange(ink.rows - margin, ink.rows), bottom, 0, cv::REDUCE_MAX);
    const int least = static_cast<int>(least_streak * 255 * ink.rows);
    const auto covered = [&](int x) { return x >= 0 && x < ink.cols && cover.at<int>(x) >= least; };
    const auto has_ink = [](const cv::Mat& row, const cv::Range& columns) {
        return cv::countNonZero(row.colRange(columns)) > 0;
    };
    std::vector<cv::Range> streaks;
    for (int x = 0; x < ink.cols; ++x) {
        if (!covered(x)) continue;
        int end = x;
        while (covered(end + 1)) ++end;
        const cv::Range around(std::max(0, x - 1), std::min(ink.cols, end + 2));
        if (end - x < reach && has_ink(top, around) && has_ink(bottom, around)) streaks.push_back(around);
        x = end;
    }
    // A table between black edges also has lines from edge to edge, but more of them than a scanner has dirty spots.
    if (streaks.size() > most_streaks) return;
    for (const auto& streak : streaks) ink.colRange(streak).setTo(0);
}

bool is_punch_hole(const Component& c, const cv::Size& page, double scale) {
    const int longer = std::max(c.box.width, c.box.height);
    const int shorter = std::min(c.box.width, c.box.height);
    if (longer < pixels(punch_hole_least, scale) || longer > pixels(punch_hole_most, scale) || longer * 2 > shorter * 3)
        return false;
    constexpr double roundest = 0.6; // a disc fills 0.785 of its box
    if (c.area < roundest * c.box.area()) return false;
    const int margin = pixels(punch_hole_margin, scale);
    const cv::Rect middle(margin, margin, page.width - 2 * margin, page.height - 2 * margin);
    return !middle.contains((c.box.tl() + c.box.br()) / 2);
}

} // namespace

bool is_blank(const cv::Mat& page, double pixels_per_mm) {
    const int edge = pixels(deepest_edge, pixels_per_mm);
    if (std::min(page.cols, page.rows) <= 4 * edge) return false; // a strip, not a sheet
    cv::Mat ink = page.t();                                       // sheets are also fed sideways
    erase_streaks(ink, pixels_per_mm);
    ink = ink.t();
    erase_streaks(ink, pixels_per_mm);
    erase_solid_edges(ink, pixels_per_mm);
    // Printed and written pages need no closer look.
    constexpr double fullest_blank = 0.03;
    const cv::Mat middle = ink(cv::Rect(edge, edge, ink.cols - 2 * edge, ink.rows - 2 * edge));
    if (cv::countNonZero(middle) > fullest_blank * static_cast<double>(middle.total())) return false;

    erase_at_edge(ink, ink, 0, edge);

    double total = 0;
    const Components marks = find_components(ink);
    for (std::size_t i = 1; i < marks.all.size(); ++i) {
        const Component& mark = marks.all[i];
        const double length = std::max(mark.box.width, mark.box.height) / pixels_per_mm;
        if (length <= longest_speck || is_punch_hole(mark, ink.size(), pixels_per_mm)) continue;
        if (length >= shortest_writing) return false;
        total += length;
    }
    return total < least_writing;
}

} // namespace dengji::intake
