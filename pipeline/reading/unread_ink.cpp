#include "pipeline/reading/unread_ink.h"

#include "pipeline/reading/line_cleaning.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

constexpr double reach = 0.55;           // of a character to each side of its middle, in line heights
constexpr double least_ink_height = 0.1; // of a column, in line heights: thinner is a speck or a rule's remains
constexpr double net_height = 48, step_columns = 8;

} // namespace

double unread_ink(const cv::Mat& line, const GreedyReading& reading, int number) {
    if (line.empty()) return 0;
    cv::Mat columns;
    cv::reduce((line < ink_threshold(line)) / 255, columns, 0, cv::REDUCE_SUM, CV_32S);
    const double height = line.rows, columns_a_step = step_columns * height / net_height;
    std::vector<double> middles;
    for (const GreedyCharacter& c : reading.characters)
        if (c.line == number) middles.push_back((c.step + .5) * columns_a_step);
    double widest = 0;
    int from = -1;
    for (int x = 0; x <= line.cols; ++x) {
        bool unread = x < line.cols && columns.at<int>(0, x) >= least_ink_height * height;
        for (const double middle : middles) unread = unread && std::abs(x - middle) > reach * height;
        if (unread && from < 0) from = x;
        if (!unread && from >= 0) {
            widest = std::max(widest, (x - from) / height);
            from = -1;
        }
    }
    return widest;
}

} // namespace dengji::reading
