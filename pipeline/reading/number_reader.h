#pragma once
#include "ocr/digit_net.h"
#include "pipeline/base/reason.h"
#include "pipeline/reading/digit_decoder.h"
#include "pipeline/reading/number_confidence.h"

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// Touches the edge of the field: however many readers agree on what is left, some may be missing.
extern const Reason number_cut_off;

/// What a number field says.
struct NumberReading {
    std::string raw;                           ///< by the picture alone; '#' for each glyph that is no digit
    std::string value;                         ///< under the rules of the content, without '#'
    double confidence = 0;                     ///< 0..1: the share of such readings that is right
    double margin = 0;                         ///< log-odds of the value against all others before calibration, nats
    std::vector<NumberCandidate> alternatives; ///< best first, the value among them; at most ten
    double override_nats = 0; ///< by how much the picture prefers another number; above 0: the value was repaired or,
                              ///< where that would have been too much, kept as read
    bool rejected = false;    ///< holds what is no digit: words, a scribble, struck-out digits
    Reasons reasons;          ///< why a person should look
};

/// Reads one line of digits, handwritten or printed, as the number that a field holds. One for each worker.
class NumberReader {
public:
    /// `folder`: the program's data (data_folder()): ocr/data/digits.onnx, ocr/data/number_confidence.csv,
    /// templates/areas. Throws Error(data) when something is missing or broken.
    explicit NumberReader(const std::filesystem::path& folder);

    static bool reads(std::string_view content) { return NumberPrior::knows(content); }

    /// `line`: CV_8UC1, dark on light, upright, one line with some paper around it, as cut from the page or with its
    /// paper flattened; remains of ruling lines may be there. Nothing written gives an empty value. `content`: see
    /// reads(); "house_number" is a run of digits inside an address.
    NumberReading read(const cv::Mat& line, const std::string& content, const NumberHints& hints = {});

private:
    ocr::DigitNet net_;
    DigitDecoder decoder_;
    NumberConfidence confidence_;
};

} // namespace dengji::reading
