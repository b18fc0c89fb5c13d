#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::layout {

/// Width of the strips in which ruling lines are looked for: one machine word of packed pixels.
inline constexpr int strip_width = 32;

/// A chain of strip peaks that lie on one line: strip numbers, ascending, and the line's height in each.
struct Track {
    std::vector<int> strips;
    std::vector<double> heights;

    int span() const { return strips.back() - strips.front() + 1; }
    double slope() const { return (heights.back() - heights.front()) / ((span() - 1.0) * strip_width); } ///< dy/dx
    double middle() const { return (heights.front() + heights.back()) / 2; }
};

/// For each strip of 32 columns the heights at which thin, isolated ink crosses it.
std::vector<std::vector<double>> strip_peaks(const cv::Mat& ink);

/// Peaks linked from strip to strip, gaps bridged, collinear pieces joined.
std::vector<Track> link_peaks(const std::vector<std::vector<double>>& peaks);

/// Middle slope (dy/dx) of the longer tracks; 0 when there are too few to say.
double common_slope(const std::vector<Track>& tracks);

/// How the slope of the longer tracks changes down the page, for each pixel; 0 when too few tracks over too little of
/// `height` agree.
double common_convergence(const std::vector<Track>& tracks, int height);

/// A line's height as a function of x: smooth through the middle of its strips, straight beyond its ends.
class Curve {
public:
    /// At least two points, x ascending.
    Curve(std::vector<double> x, std::vector<double> y);
    explicit Curve(const Track& track);

    double operator()(double x) const;
    double first_x() const { return x_.front(); }
    double last_x() const { return x_.back(); }

private:
    void fit_ends();

    std::vector<double> x_, y_;
    double left_slope_ = 0, left_y_ = 0, right_slope_ = 0, right_y_ = 0;
};

/// How a stretch of a line looks: share of columns with ink on it, and shares of ink beside it.
struct LineQuality {
    double cover = 0;
    double lighter_side = 0, darker_side = 0;
};

/// Quality along x0..x1 (clamped to the image).
LineQuality line_quality(const cv::Mat& ink, const Curve& line, double x0, double x1);

/// Where the covered, isolated ink of a line really ends to the left and to the right: text beside an end must not
/// prolong it.
std::pair<int, int> line_ends(const cv::Mat& ink, const Curve& line);

} // namespace dengji::layout
