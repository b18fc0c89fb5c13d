#pragma once
#include "ocr/recogniser.h"
#include "pipeline/reading/address_words.h"
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/printed_word_matcher.h"
#include "pipeline/reading/vocabulary.h"

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// Reads fields of words as print: by a line reader for print and by the pictures of words as they look in print.
/// Handwriting comes out wrong and unsure. One for each worker.
class PrintedTextReader {
public:
    /// All must outlive it.
    PrintedTextReader(ocr::Recogniser& recogniser, const Vocabularies& vocabularies, const AddressWords& address_words);

    /// `content` as in the form definition, of words.
    FieldText read(const FieldPicture& picture, const std::string& content);

private:
    struct Lines;
    Lines read_lines(const cv::Mat& flat, const std::vector<cv::Rect>& extents, ocr::Script script, int text_height,
                     double em);
    FieldText read_email(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em);
    FieldText read_word(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em, const Vocabulary& words);
    FieldText read_address(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em);
    std::vector<std::string> read_candidates(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em,
                                             FieldText& result);
    std::string with_known_words(const std::string& address, const std::optional<WordMatch>& town_picture) const;
    static void choose(const std::vector<std::string>& candidates, const cv::Mat& flat,
                       const std::vector<cv::Rect>& extents, FieldText& result);
    std::optional<WordMatch> match_town(const cv::Mat& flat, const cv::Rect& extent);
    FieldText read_text(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em);

    ocr::Recogniser& recogniser_;
    const Vocabularies& vocabularies_;
    const AddressWords& address_words_;
    PrintedWordMatcher words_;
};

} // namespace dengji::reading
