#include "pipeline/layout/ink_sums.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {

InkSums::InkSums(const cv::Mat& ink) : ink_(ink), bits_(ink) {}

InkSums::InkSums(const cv::Mat& ink, const cv::Mat& grey) : InkSums(ink) {
    cv::integral(255 - grey, grey_, CV_32S);
}

namespace {

/// Inked rows of each column, added up in bytes while they can hold them: that is sixteen columns an instruction.
class ColumnCounter {
public:
    explicit ColumnCounter(int columns)
        : few_(static_cast<std::size_t>(columns)), all_(static_cast<std::size_t>(columns)) {}

    /// `rows` rows, `step` apart. `thick`: with the pixels to the left and right.
    void add(const uchar* row, std::size_t step, int rows, bool thick) {
        constexpr int together = 4; // fewer ways to the sums and back
        for (; rows >= together; rows -= together, row += together * step) {
            if (rows_ + together > most) flush();
            const uchar *a = row, *b = a + step, *c = b + step, *d = c + step;
            if (thick)
                for (std::size_t x = 0; x < few_.size(); ++x)
                    few_[x] =
                        static_cast<uchar>(few_[x] + around(a + x) + around(b + x) + around(c + x) + around(d + x));
            else
                for (std::size_t x = 0; x < few_.size(); ++x)
                    few_[x] = static_cast<uchar>(few_[x] + a[x] + b[x] + c[x] + d[x]);
            rows_ += together;
        }
        for (; rows > 0; --rows, row += step) {
            if (rows_ == most) flush();
            for (std::size_t x = 0; x < few_.size(); ++x)
                few_[x] = static_cast<uchar>(few_[x] + (thick ? around(row + x) : row[x]));
            ++rows_;
        }
    }

    std::vector<float> shares(int of_rows) {
        flush();
        const float per_row = 1.F / static_cast<float>(std::max(1, of_rows));
        std::vector<float> shares(all_.size());
        for (std::size_t x = 0; x < shares.size(); ++x) shares[x] = per_row * static_cast<float>(all_[x]);
        return shares;
    }

private:
    static constexpr int most = 255;

    static uchar around(const uchar* pixel) { return pixel[-1] | pixel[0] | pixel[1]; }

    void flush() {
        for (std::size_t x = 0; x < few_.size(); ++x) all_[x] += few_[x];
        std::fill(few_.begin(), few_.end(), uchar{0});
        rows_ = 0;
    }

    std::vector<uchar> few_;
    std::vector<int> all_;
    int rows_ = 0;
};

} // namespace

std::vector<float> column_shares(const cv::Mat& ink, int x0, int x1, int y0, int y1, bool thick) {
    if (x1 <= x0) return {};
    ColumnCounter counter(x1 - x0);
    // The image's outermost columns have a neighbour on one side only.
    const bool at_left = x0 == 0, at_right = x1 == ink.cols;
    if (thick && (at_left || at_right)) {
        const auto n = static_cast<std::size_t>(x1 - x0);
        std::vector<uchar> padded(n + 2);
        for (int y = y0; y < y1; ++y) {
            const uchar* row = ink.ptr(y);
            std::copy(row + x0 - (at_left ? 0 : 1), row + x1 + (at_right ? 0 : 1), padded.begin() + (at_left ? 1 : 0));
            counter.add(padded.data() + 1, 0, 1, true);
        }
        return counter.shares(y1 - y0);
    }
    if (y1 > y0) counter.add(ink.ptr(y0) + x0, ink.step, y1 - y0, thick);
    return counter.shares(y1 - y0);
}

std::vector<float> InkSums::columns(int x0, int x1, int y0, int y1, bool thick) const {
    return column_shares(ink_, x0, x1, y0, y1, thick);
}

std::vector<float> InkSums::rows(int x0, int x1, int y0, int y1, bool thick) const {
    const float per_column = 1.F / static_cast<float>(std::max(1, x1 - x0));
    std::vector<float> shares(static_cast<std::size_t>(std::max(0, y1 - y0)));
    for (int y = y0; y < y1; ++y)
        shares[static_cast<std::size_t>(y - y0)] = per_column * static_cast<float>(bits_.count(y, x0, x1, thick));
    return shares;
}

std::vector<float> InkSums::dark_columns(int x0, int x1, int y0, int y1) const {
    const int *top = grey_.ptr<int>(y0), *bottom = grey_.ptr<int>(y1);
    const float per_row = 1.F / static_cast<float>(std::max(1, y1 - y0));
    std::vector<float> shares(static_cast<std::size_t>(std::max(0, x1 - x0)));
    for (int x = x0; x < x1; ++x)
        shares[static_cast<std::size_t>(x - x0)] =
            per_row * static_cast<float>(bottom[x + 1] - bottom[x] - top[x + 1] + top[x]);
    return shares;
}

std::vector<float> InkSums::dark_rows(int x0, int x1, int y0, int y1) const {
    const float per_column = 1.F / static_cast<float>(std::max(1, x1 - x0));
    std::vector<float> shares(static_cast<std::size_t>(std::max(0, y1 - y0)));
    for (int y = y0; y < y1; ++y) {
        const int *above = grey_.ptr<int>(y), *below = grey_.ptr<int>(y + 1);
        shares[static_cast<std::size_t>(y - y0)] =
            per_column * static_cast<float>(below[x1] - below[x0] - above[x1] + above[x0]);
    }
    return shares;
}

} // namespace dengji::layout
