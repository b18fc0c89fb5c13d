#include "pipeline/app/page_readers.h"

#include "pipeline/app/debug_picture.h"
#include "pipeline/reading/read_page.h"

#include <iostream>

namespace dengji::app {

MakeReadPage page_readers(const std::vector<templates::Form>& forms, DebugFolder* debug) {
    return [&forms, debug]() -> ReadPage {
        auto reader = std::make_shared<reading::PageReader>(forms);
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
            return result;
        };
    };
}

} // namespace dengji::app
