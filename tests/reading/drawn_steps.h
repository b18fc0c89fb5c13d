#pragma once
#include "ocr/digit_net.h"

#include <cmath>
#include <opencv2/core.hpp>
#include <string>
#include <utility>
#include <vector>

namespace dengji::reading {

/// What a net would say of a line: for each symbol the characters that it may be, with probabilities; what is left over
/// goes to all classes alike. A step of blank stands between symbols.
using Doubts = std::vector<std::vector<std::pair<char, double>>>;

inline Doubts sure_of(const std::string& text, double probability = 0.99) {
    Doubts doubts;
    for (const char c : text) doubts.push_back({{c, probability}});
    return doubts;
}

inline cv::Mat steps_of(const Doubts& doubts) {
    const auto& symbols = ocr::DigitNet::symbols;
    const int classes = static_cast<int>(symbols.size()) + 1;
    cv::Mat steps(static_cast<int>(doubts.size()) * 2 + 1, classes, CV_32F);
    for (int t = 0; t < steps.rows; ++t) {
        std::vector<double> p(static_cast<std::size_t>(classes), 0);
        double left = 1;
        if (t % 2 == 0) p[0] = 0.9995, left -= p[0];
        if (t % 2 == 1)
            for (const auto& [symbol, probability] : doubts[static_cast<std::size_t>(t / 2)]) {
                p[symbols.find(symbol) + 1] = probability;
                left -= probability;
            }
        for (int k = 0; k < classes; ++k)
            steps.at<float>(t, k) = static_cast<float>(std::log(p[static_cast<std::size_t>(k)] + left / classes));
    }
    return steps;
}

inline ocr::DigitLine line_of(const Doubts& doubts) {
    return {{steps_of(doubts)}, "", false};
}

} // namespace dengji::reading
