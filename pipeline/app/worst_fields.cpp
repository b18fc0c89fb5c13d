#include "pipeline/app/worst_fields.h"

#include "pipeline/app/debug_folder.h"
#include "pipeline/app/field_strips.h"
#include "pipeline/intake/document.h"

#include <algorithm>

namespace dengji::app {

void write_worst(std::vector<WrongField> wrong, int most, const std::filesystem::path& picture) {
    std::erase_if(wrong, [](const WrongField& field) { return field.file.empty(); });
    std::stable_sort(wrong.begin(), wrong.end(), [](const WrongField& a, const WrongField& b) {
        return std::pair(a.silent, a.reading.confidence) > std::pair(b.silent, b.reading.confidence);
    });
    if (wrong.size() > static_cast<std::size_t>(most)) wrong.resize(static_cast<std::size_t>(most));
    std::map<std::pair<std::string, int>, cv::Mat> pages; // each page is opened once
    std::vector<FieldStrip> strips;
    for (const WrongField& field : wrong) {
        auto& page = pages[{field.file, field.page}];
        if (page.empty()) page = intake::open_document(field.file)->page(field.page).image;
        FieldStrip strip{cut_field(page, field.reading.box), account_of(field.reading), field.silent};
        strip.lines.front() = field.source + " p" + std::to_string(field.page) + " " + strip.lines.front();
        strip.lines.insert(strip.lines.begin() + 1, "should be " + field.want);
        strips.push_back(std::move(strip));
    }
    TextPainter painter;
    write_picture(picture, draw_strips(strips, painter));
}

} // namespace dengji::app
