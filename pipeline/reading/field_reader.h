#pragma once
#include "pipeline/reading/number_field.h"
#include "pipeline/reading/printed_text.h"
#include "pipeline/reading/text_field.h"
#include "pipeline/reading/writing_style.h"

namespace dengji::reading {

/// Reads the image of one field, knowing what may stand there: numbers and words, print and handwriting. One for each
/// worker.
class FieldReader {
public:
    /// All must outlive the reader. `by_hand` may be null: then only print is read well.
    FieldReader(PrintedTextReader& printed, TextFieldReader* by_hand, NumberFieldReader& numbers)
        : printed_(printed), by_hand_(by_hand), numbers_(numbers) {}

    /// `field`: cut from the page, upright; `em`: size of the form's printed characters in it, pixels; `content` as in
    /// the form definition, or "year", "month", "day". `style`: of the sheet, learnt from field to field.
    FieldText read(const cv::Mat& field, double em, const std::string& content, const NumberHints& hints,
                   WritingStyle& style);

    /// What only the whole sheet tells: `addresses` of one person may be the same, and a hand that can hardly be read
    /// makes every field less sure.
    void finish_sheet(const std::vector<FieldText*>& fields, const std::vector<FieldText*>& addresses);

private:
    FieldText read_words(const FieldPicture& picture, const std::string& content, WritingStyle& style);

    PrintedTextReader& printed_;
    TextFieldReader* by_hand_;
    NumberFieldReader& numbers_;
};

/// How sure a field's text is, 0..1.
double confidence_of(const FieldText& text);

} // namespace dengji::reading
