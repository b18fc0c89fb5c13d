#include "pipeline/intake/finish.h"

#include "pipeline/base/error.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/quality.h"

namespace dengji::intake {

Page finish_page(const std::filesystem::path& file, int number, const StoredPicture& stored) {
    Page page;
    page.source = file.string();
    page.number = number;
    page.tagged_dpi = std::max(stored.dpi_x, stored.dpi_y);
    const cv::Mat square = square_pixels(stored.image, stored.dpi_x, stored.dpi_y);
    page.image = turn_clockwise(turn_upright(square, stored.orientation), stored.clockwise);
    page.quality = measure_quality(page.image, page.tagged_dpi);
    // Making pixels square puts greys between black and white; the scan had none.
    if (square.data != stored.image.data) page.quality.bitonal = is_bitonal(stored.image);
    return page;
}

void check_number(int number, int count) {
    if (number >= 1 && number <= count) return;
    throw Error(ErrorKind::internal,
                "page " + std::to_string(number) + " was asked for in a document of " + std::to_string(count));
}

} // namespace dengji::intake
