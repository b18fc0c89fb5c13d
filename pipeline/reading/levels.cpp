#include "pipeline/reading/levels.h"

#include <algorithm>
#include <array>
#include <vector>

namespace dengji::reading {

int quantile(const cv::Mat& grey, double share) {
    std::array<int, 256> counts{};
    for (int y = 0; y < grey.rows; ++y) {
        const uchar* row = grey.ptr<uchar>(y);
        for (int x = 0; x < grey.cols; ++x) ++counts[row[x]];
    }
    const double wanted = share * static_cast<double>(grey.total());
    double seen = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        seen += counts[level];
        if (seen > 0 && seen >= wanted) return static_cast<int>(level);
    }
    return 255;
}

cv::Mat without_red(const cv::Mat& image) {
    if (image.channels() < 3) return image;
    cv::Mat grey(image.size(), CV_8U);
    for (int y = 0; y < image.rows; ++y) {
        const auto* from = image.ptr<cv::Vec3b>(y);
        auto* to = grey.ptr(y);
        for (int x = 0; x < image.cols; ++x) {
            const int red = from[x][2], others = std::max(from[x][0], from[x][1]);
            // What is redder than grey is lifted further: a seal's thin, pale characters and soft edges vanish, too.
            // But not what is dark: a pen's stroke that crosses a seal is red itself.
            const int bright = std::clamp(red - 110, 0, 60);
            to[x] = cv::saturate_cast<uchar>(red + std::max(0, red - others - 20) * 3 / 2 * bright / 60);
        }
    }
    return grey;
}

cv::Mat flattened(const cv::Mat& grey, int strip) {
    const int strips = std::max(1, grey.cols / std::max(1, strip));
    std::vector<double> level, middle;
    for (int i = 0; i < strips; ++i) {
        const int from = grey.cols * i / strips;
        const int to = grey.cols * (i + 1) / strips;
        level.push_back(std::max(1, quantile(grey.colRange(from, to), 0.8)));
        middle.push_back((from + to - 1) / 2.0);
    }
    std::vector<float> paper(static_cast<std::size_t>(grey.cols));
    std::size_t i = 0;
    for (int x = 0; x < grey.cols; ++x) {
        while (i + 2 < level.size() && x > middle[i + 1]) ++i;
        double value = level[i];
        if (level.size() > 1) {
            const double t = std::clamp((x - middle[i]) / (middle[i + 1] - middle[i]), 0.0, 1.0);
            value = level[i] * (1 - t) + level[i + 1] * t;
        }
        paper[static_cast<std::size_t>(x)] = static_cast<float>(value);
    }
    cv::Mat flat(grey.size(), CV_8UC1);
    for (int y = 0; y < grey.rows; ++y) {
        const uchar* from = grey.ptr<uchar>(y);
        uchar* to = flat.ptr<uchar>(y);
        for (int x = 0; x < grey.cols; ++x)
            to[x] = cv::saturate_cast<uchar>(static_cast<float>(from[x]) * 255.0F / paper[static_cast<std::size_t>(x)]);
    }
    return flat;
}

} // namespace dengji::reading
