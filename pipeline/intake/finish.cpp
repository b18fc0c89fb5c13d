#include "pipeline/intake/finish.h"

#include "pipeline/base/error.h"
#include "pipeline/intake/quality.h"

namespace dengji::intake {

Page finish_page(const std::filesystem::path& file, int number, cv::Mat image, double tagged_dpi) {
    Page page;
    page.source = file.string();
    page.number = number;
    page.image = std::move(image);
    page.tagged_dpi = tagged_dpi;
    page.quality = measure_quality(page.image, tagged_dpi);
    return page;
}

void check_number(int number, int count) {
    if (number >= 1 && number <= count) return;
    throw Error(ErrorKind::internal,
                "page " + std::to_string(number) + " was asked for in a document of " + std::to_string(count));
}

} // namespace dengji::intake
