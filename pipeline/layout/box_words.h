#pragma once
#include "pipeline/layout/printed_words_line.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <optional>
#include <string>
#include <vector>

namespace dengji::layout {

/// Where the words of options are printed: what is left to go by where the boxes beside them are lost, on pale forms
/// copied or faxed. Learns the page's font at the first question, which is dear.
class OptionWords {
public:
    /// `sheet` needs its cells and table, and must outlive this. `ems`: what the size of the printed characters may be,
    /// table pixels; the page's labels tell which.
    OptionWords(const Sheet& sheet, std::vector<double> ems) : sheet_(sheet), ems_(std::move(ems)) {}

    /// For each option of a cell, in their order, the place of its word's first characters; nothing where it was not
    /// found clearly. `cell`: table pixels, without its ruling lines.
    std::vector<std::optional<PlacedWord>> find(const cv::Rect& cell, const std::vector<std::string>& options);

private:
    void learn_print();

    const Sheet& sheet_;
    std::vector<double> ems_;
    std::optional<PagePrint> print_;
};

} // namespace dengji::layout
