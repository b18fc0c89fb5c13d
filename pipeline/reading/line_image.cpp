#include "pipeline/reading/line_image.h"

#include "pipeline/reading/levels.h"
#include "pipeline/reading/line_cleaning.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

struct Span {
    int from = 0, to = 0; ///< to: one past the last
};

/// Rows that belong together: gaps of up to `gap` rows are bridged.
std::vector<Span> spans(const std::vector<int>& profile, int gap) {
    std::vector<Span> found;
    for (int i = 0; i < static_cast<int>(profile.size()); ++i) {
        if (profile[static_cast<std::size_t>(i)] == 0) continue;
        if (!found.empty() && i - found.back().to <= gap)
            found.back().to = i + 1;
        else
            found.push_back({i, i + 1});
    }
    return found;
}

/// Boxes of what is darker than `threshold`. A pale stroke falls to pieces: those that a paler trace joins are one.
std::vector<cv::Rect> ink_boxes(const cv::Mat& flat, int threshold) {
    const cv::Mat ink = flat < threshold, traces = flat < (threshold + 2 * 255) / 3;
    cv::Mat piece_of, stats, centroids, trace_of;
    const int pieces = cv::connectedComponentsWithStats(ink, piece_of, stats, centroids, 8, CV_32S);
    const int traces_found = cv::connectedComponents(traces, trace_of, 8, CV_32S);
    std::vector<cv::Rect> boxes(static_cast<std::size_t>(traces_found));
    for (int i = 1; i < pieces; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        int x = box.x; // any pixel of the piece tells its trace
        while (piece_of.at<int>(box.y, x) != i) ++x;
        cv::Rect& joined = boxes[static_cast<std::size_t>(trace_of.at<int>(box.y, x))];
        joined = joined.empty() ? box : (joined | box);
    }
    std::erase_if(boxes, [](const cv::Rect& box) { return box.empty(); });
    return boxes;
}

/// Boxes of the strokes that count: specks are dropped unless they stand beside a stroke (the dot of a mail address).
std::vector<cv::Rect> stroke_boxes(const cv::Mat& flat, double em) {
    std::vector<cv::Rect> strokes, specks;
    for (const cv::Rect& box : ink_boxes(flat, ink_threshold(flat))) {
        const int size = std::max(box.width, box.height);
        if (size >= 0.25 * em)
            strokes.push_back(box);
        else if (size >= 0.05 * em)
            specks.push_back(box);
    }
    const auto main_strokes = strokes;
    const int near = static_cast<int>(std::lround(0.35 * em));
    for (const cv::Rect& speck : specks) {
        const cv::Rect reach(speck.x - near, speck.y - near, speck.width + 2 * near, speck.height + 2 * near);
        if (std::any_of(main_strokes.begin(), main_strokes.end(),
                        [&](const cv::Rect& s) { return (s & reach).area() > 0; }))
            strokes.push_back(speck);
    }
    return strokes;
}

constexpr int tight_height = 48;

Framing tight_framing(double em) {
    Framing framing;
    framing.text_height = 34;
    framing.border = 7;
    framing.least_height = 0.6 * em;
    return framing;
}
} // namespace

cv::Mat flatten_paper(const cv::Mat& field, double em) {
    if (field.empty()) return {};
    cv::Mat flat = flattened(without_red(field), std::max(8, static_cast<int>(std::lround(1.5 * em))));
    clean_field(flat, em);
    return flat;
}

std::vector<cv::Rect> find_lines(const cv::Mat& flat, double em) {
    if (flat.empty()) return {};
    const std::vector<cv::Rect> strokes = stroke_boxes(flat, em);
    if (strokes.empty()) return {};

    std::vector<int> rows(static_cast<std::size_t>(flat.rows), 0);
    for (const cv::Rect& s : strokes)
        for (int y = s.y; y < s.y + s.height; ++y) ++rows[static_cast<std::size_t>(y)];
    std::vector<Span> bands = spans(rows, static_cast<int>(0.12 * em));
    // Only bands as tall as characters are lines; what is lower (a dot, a stroke that stands alone) belongs to its
    // neighbour.
    std::vector<Span> lines;
    for (const Span& band : bands) {
        const bool tall = band.to - band.from >= 0.5 * em;
        if (lines.empty() || (tall && lines.back().to - lines.back().from >= 0.5 * em))
            lines.push_back(band);
        else
            lines.back().to = band.to;
    }

    std::vector<cv::Rect> found;
    for (const Span& line : lines) {
        cv::Rect extent;
        for (const cv::Rect& s : strokes)
            if (s.y >= line.from && s.y < line.to) extent = extent.empty() ? s : (extent | s);
        found.push_back(extent);
    }
    return found;
}

LineImage frame_line(const cv::Mat& flat, const cv::Rect& extent, const Framing& framing) {
    LineImage line;
    line.extent = extent;
    line.scale = framing.text_height / std::max<double>(extent.height, framing.least_height);
    line.border = framing.border;
    // The border is cut from the page where there is page, so that pale ends beyond the threshold stay.
    const int around = static_cast<int>(std::ceil(framing.border / line.scale));
    const cv::Rect wanted(extent.x - around, extent.y - around, extent.width + 2 * around, extent.height + 2 * around);
    const cv::Rect there = wanted & cv::Rect(0, 0, flat.cols, flat.rows);
    cv::Mat cut;
    cv::copyMakeBorder(flat(there), cut, there.y - wanted.y, wanted.br().y - there.br().y, there.x - wanted.x,
                       wanted.br().x - there.br().x, cv::BORDER_CONSTANT, cv::Scalar(255));
    const int width = std::max(1, static_cast<int>(std::lround(cut.cols * line.scale)));
    const int height = std::max(1, static_cast<int>(std::lround(cut.rows * line.scale)));
    cv::resize(cut, line.grey, cv::Size(width, height), 0, 0, line.scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return line;
}

std::vector<LineImage> frame_lines(const cv::Mat& flat, double em, const Framing& framing) {
    std::vector<LineImage> lines;
    for (const cv::Rect& extent : find_lines(flat, em)) lines.push_back(frame_line(flat, extent, framing));
    return lines;
}

cv::Mat tight_line(const cv::Mat& flat, const cv::Rect& extent, double em) {
    const cv::Mat grey = frame_line(flat, extent, tight_framing(em)).grey;
    if (grey.rows == tight_height) return grey;
    cv::Mat scaled;
    const int width = std::max(1, grey.cols * tight_height / grey.rows);
    cv::resize(grey, scaled, {width, tight_height}, 0, 0, grey.rows > tight_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    return scaled;
}

WideLine wide_line(const cv::Mat& flat, const cv::Rect& extent, double em) {
    const int beside = static_cast<int>(std::lround(em));
    const cv::Rect wide =
        cv::Rect(extent.x - beside, extent.y, extent.width + 2 * beside, extent.height) & cv::Rect({}, flat.size());
    WideLine line;
    line.image = tight_line(flat, wide, em);
    const Framing framing = tight_framing(em);
    const double framed = framing.text_height / std::max<double>(extent.height, framing.least_height);
    const double around = std::ceil(framing.border / framed);
    line.scale = tight_height / (extent.height + 2 * around);
    line.ink_from = (around + extent.x - wide.x) * line.scale;
    line.ink_to = line.ink_from + extent.width * line.scale;
    return line;
}

} // namespace dengji::reading
