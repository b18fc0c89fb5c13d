#pragma once
#include "ocr/aligned.h"

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>

namespace dengji::ocr {

struct NetKernels;

/// The net of PP-OCRv4's line recogniser: from the picture of a line to the probabilities of its characters. Holds
/// about 11 MB; one serves all threads.
class LineNet {
public:
    static constexpr int line_height = 48, step_width = 8; ///< pixels

    /// What one run needs to write its layers down; kept from line to line. One for each thread.
    struct Workspace {
        Floats even, odd, features, steps, wide, narrow, scores;
    };

    /// `file`: written by scripts/models/export_recogniser.py. Throws Error(data) when it is broken. `kernels`: null
    /// for the best that this processor runs.
    explicit LineNet(const std::filesystem::path& file, const NetKernels* kernels = nullptr);
    ~LineNet();
    LineNet(const LineNet&) = delete;
    LineNet& operator=(const LineNet&) = delete;

    /// As the constructor, but the same object again while somebody still holds it. Safe to call from all threads.
    static std::shared_ptr<const LineNet> shared(const std::filesystem::path& file);

    /// How many classes it tells apart.
    int classes() const;

    /// `line`: 48 high, a multiple of 8 wide and at least 16, CV_32FC3 (blue, green, red from -1 to 1). Gives CV_32FC1:
    /// a row for each step of 8 pixels, a column for each class, each row with the sum 1.
    cv::Mat probabilities(const cv::Mat& line, Workspace& workspace) const;

    struct Layers; ///< see line_net_layers.h

private:
    std::unique_ptr<const Layers> layers_;
    const NetKernels& kernels_;
};

} // namespace dengji::ocr
