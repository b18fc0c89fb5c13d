#include "pipeline/app/attached_photo.h"

#include "exporters/certificate/photo.h"
#include "pipeline/base/error.h"
#include "pipeline/intake/document.h"

namespace dengji::app {
namespace {

AttachedPhoto problem(const char* code, std::string zh, std::string en) {
    return {{}, Reason{code, std::move(zh), std::move(en)}};
}

/// Empty when the paper shows no photo, or more than one.
cv::Mat photo_on(const std::filesystem::path& original, int page) {
    try {
        const auto document = intake::open_document(original);
        if (page < 1 || page > document->page_count()) return {};
        return certificate::photo_on_page(document->page(page).image);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input) throw;
        return {};
    }
}

} // namespace

AttachedPhoto attached_photo(OpenLives& open, const std::string& registration, int paper) {
    open.lives.show(registration); // tells a registration that does not exist
    const auto papers = open.the_register.papers_of(registration);
    if (papers.empty())
        return problem("no-papers", "这张登记表没有随附的扫描材料", "no papers were scanned with this sheet");
    const int count = static_cast<int>(papers.size());
    if (paper > count)
        return problem("no-such-paper", "随附的材料只有" + std::to_string(count) + "页",
                       "fewer papers were scanned with this sheet");
    AttachedPhoto found;
    std::string where;
    int photos = 0;
    for (int i = 1; i <= count; ++i) {
        if (paper != 0 && i != paper) continue;
        const auto& page = papers[static_cast<std::size_t>(i - 1)].page;
        auto picture = photo_on(open.the_register.original_of(page), page.page);
        if (picture.empty()) continue;
        where += (where.empty() ? "" : "、") + std::to_string(i);
        found.picture = picture;
        ++photos;
    }
    if (photos == 1) return found;
    if (photos == 0)
        return problem("photo-not-found", "随附的材料上没有找到一张2寸照片，请裁好照片后用文件录入",
                       "no single photo of 35 x 49 mm was found on the papers");
    return problem("photo-not-clear", "随附材料的第" + where + "页上都有照片，请用--photo-page指定第几页",
                   "several papers show a photo");
}

} // namespace dengji::app
