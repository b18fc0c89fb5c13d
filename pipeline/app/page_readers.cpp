#include "pipeline/app/page_readers.h"

#include "pipeline/app/debug_picture.h"
#include "pipeline/app/field_strips.h"
#include "pipeline/reading/read_page.h"

#include <iostream>

namespace dengji::app {

namespace {

/// The fields in which something was read, with all that was made of it.
std::vector<FieldStrip> strips_of(const intake::Page& page, const reading::PageResult& result) {
    std::vector<FieldStrip> strips;
    for (const auto& reading : result.readings)
        if (!reading.opinions.empty() || !reading.raw.empty())
            strips.push_back({cut_field(page.image, reading.box), account_of(reading), reading.review});
    return strips;
}

} // namespace

MakeReadPage page_readers(const std::vector<templates::Form>& forms, const reading::Acceptance& acceptance,
                          DebugFolder* debug) {
    return [&forms, acceptance, debug]() -> ReadPage {
        auto reader = std::make_shared<reading::PageReader>(forms, acceptance);
        static std::once_flag said;
        if (!reader->has_second_reader())
            std::call_once(said, [] {
                std::cerr << "dengji: the second reader is not installed; handwriting will go to review. "
                             "Run scripts/models/fetch to install it.\n";
            });
        if (!debug) return [reader](const intake::Page& page) { return reader->read(page); };
        auto painter = std::make_shared<TextPainter>();
        return [reader, painter, debug](const intake::Page& page) {
            layout::Sheet sheet;
            auto result = reader->read(page, &sheet);
            debug->write(page.source, page.number, draw_findings(page, sheet, result, *painter));
            if (!result.readings.empty())
                debug->write(page.source, page.number, draw_strips(strips_of(page, result), *painter), "-fields");
            return result;
        };
    };
}

} // namespace dengji::app
