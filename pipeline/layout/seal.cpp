#include "pipeline/layout/seal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace dengji::layout {
namespace {

constexpr int sectors = 8;
constexpr int points_per_sector = 6;

/// A ring as points around its centre, sector by sector.
class Ring {
public:
    explicit Ring(double radius) {
        for (int i = 0; i < sectors * points_per_sector; ++i) {
            const double turn = 2 * std::numbers::pi * i / (sectors * points_per_sector);
            points_[static_cast<size_t>(i)] = {cvRound(radius * std::cos(turn)), cvRound(radius * std::sin(turn))};
        }
    }

    /// Share of the ring's points inside the picture that are inked; 0 when one sector is not (nearly) covered, or when
    /// less than half of the ring can be seen.
    double closed_cover(const cv::Mat& ink, const cv::Point& centre) const {
        int seen = 0;
        int inked = 0;
        for (size_t sector = 0; sector < sectors; ++sector) {
            int here = 0;
            int here_inked = 0;
            for (size_t i = 0; i < points_per_sector; ++i) {
                const cv::Point p = centre + points_[sector * points_per_sector + i];
                if (p.x >= 0 && p.y >= 0 && p.x < ink.cols && p.y < ink.rows) {
                    ++here;
                    here_inked += ink.at<uchar>(p);
                }
            }
            if (here_inked * 6 < here * 5) {
                return 0;
            }
            seen += here;
            inked += here_inked;
        }
        return seen * 2 < sectors * points_per_sector ? 0 : inked / static_cast<double>(seen);
    }

    double cover(const cv::Mat& ink, const cv::Point& centre) const {
        int seen = 0;
        int inked = 0;
        for (const cv::Point& offset : points_) {
            const cv::Point p = centre + offset;
            if (p.x >= 0 && p.y >= 0 && p.x < ink.cols && p.y < ink.rows) {
                ++seen;
                inked += ink.at<uchar>(p);
            }
        }
        return seen == 0 ? 1 : inked / static_cast<double>(seen);
    }

private:
    std::array<cv::Point, sectors * points_per_sector> points_{};
};

} // namespace

bool Seal::touches(const cv::Rect2d& area) const {
    const double dx = std::max({area.x - centre.x, 0.0, centre.x - area.br().x});
    const double dy = std::max({area.y - centre.y, 0.0, centre.y - area.br().y});
    return std::hypot(dx, dy) < 1.06 * radius;
}

std::optional<Seal> find_seal(const Table& table, double em) {
    constexpr double smallest = 5.2; // radii in ems: 10.5 to 12 pt print, 38 to 46 mm seals
    constexpr double largest = 7.8;
    constexpr double step = 0.2;
    constexpr double contrast = 0.5; // of the ring against circles just inside and outside; text has none
    const double scale = 4 / em;
    if (table.ink.empty() || em < 8) {
        return std::nullopt;
    }
    cv::Mat small, wide;
    cv::resize(table.ink * 255, small, {}, scale, scale, cv::INTER_AREA);
    small = (small > 30) / 255;
    cv::dilate(small, wide, cv::Mat::ones(3, 3, CV_8U));
    std::optional<Seal> best;
    double best_contrast = contrast;
    for (double radius = smallest; radius <= largest; radius += step) {
        const Ring ring(radius * 4);
        const Ring outside((radius + 0.65) * 4);
        const Ring inside((radius - 0.65) * 4);
        const int reach = cvRound(radius * 4 * 0.6); // the centre may lie outside the table
        for (int y = -reach; y < small.rows + reach; ++y) {
            for (int x = -reach; x < small.cols + reach; ++x) {
                const cv::Point centre(x, y);
                const double cover = ring.closed_cover(wide, centre);
                if (cover < 0.85) {
                    continue;
                }
                const double value = cover - std::max(outside.cover(small, centre), 0.8 * inside.cover(small, centre));
                if (value > best_contrast) {
                    best_contrast = value;
                    best = Seal{cv::Point2d((x + 0.5) / scale, (y + 0.5) / scale), radius * em, cover};
                }
            }
        }
    }
    return best;
}

} // namespace dengji::layout
