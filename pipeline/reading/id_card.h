#pragma once
#include "ocr/recogniser.h"
#include "pipeline/reading/result.h"
#include "pipeline/reading/vocabulary.h"

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace dengji::reading {

/// What PageResult::paper says of a page with the copy of an identity card.
inline constexpr const char* id_card_paper = "id-card";

/// The copy of an identity card (second generation, GA 448), as far as it could be read.
struct CardCopy {
    int orientation = 0;           ///< degrees clockwise that turn the page upright
    std::vector<Reading> readings; ///< card.name, card.sex, card.ethnicity, card.birth_date (YYYY-MM-DD), card.address,
                                   ///< card.id_number; boxes in pixels of the page
    Reasons reasons;               ///< more than one card on the page
};

/// Finds and reads copies of identity cards on papers that are no forms: anywhere on the page, every way up. One for
/// each worker.
class IdCardReader {
public:
    /// All must outlive the reader. `second` may be null; it is the better one for Chinese print that a copier has
    /// worn. Needs the vocabulary "ethnicity".
    IdCardReader(ocr::Recogniser& recogniser, ocr::Recogniser* second, const Vocabularies& vocabularies);

    /// `image`: CV_8UC1 or CV_8UC3. nullopt when there is no card's front; that is found out by shapes alone, before
    /// anything is read, on most pages.
    std::optional<CardCopy> read(const cv::Mat& image);

private:
    ocr::Recogniser& recogniser_;
    ocr::Recogniser* second_;
    const Vocabulary& ethnicities_;
};

} // namespace dengji::reading
