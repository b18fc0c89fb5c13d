#pragma once
#include "ocr/recogniser.h"
#include "pipeline/reading/field_text.h"
#include "pipeline/reading/number_reader.h"
#include "pipeline/reading/printed_digit_matcher.h"
#include "pipeline/reading/writing_style.h"

namespace dengji::reading {

/// Reads number fields: by the net for digits; where the sheet may be printed also by the reader for print and by the
/// digits' pictures; and what is still not sure by the reader for handwriting too. One for each worker.
class NumberFieldReader {
public:
    /// All must outlive it. `by_hand` may be null.
    NumberFieldReader(NumberReader& net, ocr::Recogniser& print, ocr::Recogniser* by_hand = nullptr)
        : net_(net), print_(print), by_hand_(by_hand) {}

    FieldText read(const FieldPicture& picture, const std::string& content, const NumberHints& hints,
                   WritingStyle& style);

private:
    struct Ballot;
    void ask(const FieldPicture& picture, const cv::Rect& line, const NumberReading& net, const std::string& content,
             WritingStyle& style, Ballot& ballot);
    static FieldText count(const NumberReading& net, const std::string& content, const Ballot& ballot);

    NumberReader& net_;
    ocr::Recogniser& print_;
    ocr::Recogniser* by_hand_;
    PrintedDigitMatcher pictures_;
};

} // namespace dengji::reading
