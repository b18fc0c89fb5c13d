#include "pipeline/layout/refusal.h"

namespace dengji::layout {
namespace {

WorkingImage part_of(const WorkingImage& work, const cv::Rect& area) {
    WorkingImage part = work;
    part.norm = work.norm(area).clone();
    part.ink = work.ink(area).clone();
    part.to_page(0, 2) += work.to_page(0, 0) * area.x + work.to_page(0, 1) * area.y;
    part.to_page(1, 2) += work.to_page(1, 0) * area.x + work.to_page(1, 1) * area.y;
    return part;
}

bool two_forms(const WorkingImage& work, const std::function<bool(const WorkingImage&)>& fits) {
    const int width = work.norm.cols, height = work.norm.rows;
    // A pair lies along the longer side: an A3 page, or two sheets on the glass.
    const bool beside = width > height;
    const int half = (beside ? width : height) / 2;
    const cv::Rect first(0, 0, beside ? half : width, beside ? height : half);
    const cv::Rect second(beside ? half : 0, beside ? 0 : half, beside ? width - half : width,
                          beside ? height : height - half);
    return fits(part_of(work, first)) && fits(part_of(work, second));
}

/// Rows of the definition that are there as defined, one below the other: the longest unbroken stretch.
std::pair<int, int> longest_stretch(const Alignment& alignment) {
    int begin = 0, length = 0, best_begin = 0, best = 0;
    for (const auto& step : alignment.steps) {
        const bool plain =
            step.definition_end - step.definition_begin == 1 && step.band_end > step.band_begin && step.misfit < .5;
        if (!plain)
            length = 0;
        else if (length++ == 0)
            begin = step.definition_begin;
        if (length > best) best = length, best_begin = begin;
    }
    return {best_begin, best};
}

} // namespace

Reasons why_no_form(const WorkingImage& work, const Alignment* nearest, const templates::Form* form, int form_page,
                    const std::function<bool(const WorkingImage&)>& fits) {
    if (!nearest || !form) return {no_table()};
    if (two_forms(work, fits))
        return {
            {"two-forms", "一页上有两张表，请分成两页重新扫描", "two forms lie on one page; scan them as two pages"}};
    const int rows = static_cast<int>(form->pages[static_cast<std::size_t>(form_page)].rows.size());
    const auto [begin, length] = longest_stretch(*nearest);
    if (nearest->residual <= .7 && length >= std::max(3, rows / 6) && length < rows)
        return {{"form-incomplete",
                 "像是登记表，但表格不完整：只对上第" + std::to_string(begin + 1) + "至第" +
                     std::to_string(begin + length) + "行（共" + std::to_string(rows) +
                     "行），请检查是否裁切、折角或漏扫",
                 "looks like the form, but its table is incomplete (rows " + std::to_string(begin + 1) + " to " +
                     std::to_string(begin + length) + " of " + std::to_string(rows) +
                     " fit); check whether it is cut off or folded, and scan it again"}};
    return {{"another-table", "页面上的表格不是登记表", "the table on the page is not one of the known forms"}};
}

bool is_incomplete(const Sheet& sheet, const templates::FormPage& page) {
    std::vector<bool> found(page.rows.size());
    for (const auto& cell : sheet.cells) found[static_cast<std::size_t>(cell.row)] = true;
    const auto lost = std::count(found.begin(), found.end(), false);
    return lost > 2;
}

Reason no_table() {
    return {"no-table", "页面上没有找到表格，不是登记表", "no table was found on the page"};
}

Reason incomplete_form() {
    return {
        "form-incomplete", "像是登记表，但表格不完整，请检查是否裁切、折角或漏扫，并重新扫描",
        "looks like the form, but its table is incomplete; check whether it is cut off or folded, and scan it again"};
}

} // namespace dengji::layout
