#pragma once
#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace dengji::layout {

/// A channel of a picture brought to another size by linear interpolation, row by row: pixel for pixel what
/// cv::resize gives with INTER_LINEAR, without a picture in between.
class LinearRows {
public:
    /// `from`: CV_8U with `channel`; it must stay as it is. At most twice as large as the result each way.
    LinearRows(const cv::Mat& from, int channel, const cv::Size& to);

    /// Row y of the result; rows are asked for downwards.
    void row(int y, std::uint8_t* out);

private:
    /// Where one result comes from, with weights that add up to `one`.
    struct Taps {
        int first, second;
        std::int16_t weight_first, weight_second;
    };
    static Taps taps_at(int at, int from, int to);

    const std::int16_t* stretched(int y);
    void stretch(const std::uint8_t* row, std::int16_t* out) const;
    void stretch_groups(const std::uint8_t* row, std::int16_t* out) const;
    void stretch_groups_avx2(const std::uint8_t* row, std::int16_t* out) const;

    /// Twice eight neighbouring results: which bytes each eight are made of, counted from their `start` of the row.
    struct Group {
        int start[2];
        std::uint8_t bytes[3][2][16];  ///< shuffles of up to three times sixteen bytes; 255 takes none
        std::int16_t weights[2][2][8]; ///< of the first and the last four of each eight
    };
    void make_groups();

    cv::Mat from_;
    int channel_;
    cv::Size to_;
    int loads_ = 0; ///< sixteen-byte pieces that a group spans; 0: rows are too short for groups
    std::vector<Taps> columns_;
    std::vector<Group> groups_;
    std::vector<std::int16_t> rows_[2]; ///< the last two rows stretched
    int at_[2] = {-1, -1};              ///< and which ones they are
};

} // namespace dengji::layout
