#pragma once
#include "ocr/recogniser.h"
#include "pipeline/reading/address_words.h"
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/number_field.h"
#include "pipeline/reading/printed_word_matcher.h"
#include "pipeline/reading/vocabulary.h"

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// Reads the image of one field, knowing what may stand there. One for each worker.
class FieldReader {
public:
    /// All must outlive the reader. `second` may be null; it is asked where the first is not sure. `numbers` reads
    /// digits.
    FieldReader(ocr::Recogniser& recogniser, ocr::Recogniser* second, NumberReader& numbers,
                const Vocabularies& vocabularies, const AddressWords& address_words);

    /// `field`: cut from the page, upright; `em`: size of the form's printed characters in it, pixels; `content` as in
    /// the form definition, or "year", "month", "day". `style`: of the sheet, learnt from field to field.
    FieldText read(const cv::Mat& field, double em, const std::string& content, const NumberHints& hints,
                   WritingStyle& style);

private:
    struct Lines;
    Lines read_lines(const cv::Mat& flat, const std::vector<cv::Rect>& extents, ocr::Script script, int text_height,
                     double em);
    Lines read_again(const cv::Mat& flat, const std::vector<cv::Rect>& extents, ocr::Script script, double em);
    FieldText read_email(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em);
    FieldText read_word(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em, const Vocabulary& words,
                        WritingStyle& style);
    FieldText read_address(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em, WritingStyle& style);
    std::vector<std::string> read_candidates(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em,
                                             FieldText& result, WritingStyle& style);
    std::string with_known_words(const std::string& address, const std::optional<WordMatch>& town_picture) const;
    static void choose(const std::vector<std::string>& candidates, const cv::Mat& flat,
                       const std::vector<cv::Rect>& extents, FieldText& result);
    std::optional<WordMatch> match_town(const cv::Mat& flat, const cv::Rect& extent);
    FieldText read_text(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em, WritingStyle& style);

    ocr::Recogniser& recogniser_;
    ocr::Recogniser* second_;
    const Vocabularies& vocabularies_;
    const AddressWords& address_words_;
    PrintedWordMatcher words_;
    NumberFieldReader numbers_;
};

} // namespace dengji::reading
