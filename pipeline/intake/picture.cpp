#include "pipeline/intake/picture.h"

#include "pipeline/intake/finish.h"
#include "pipeline/intake/refusal.h"

namespace dengji::intake {
namespace {

/// Holds no pixels and no bytes: a page asked for is read from the file again, so that many documents can stay open.
class Picture : public Document {
public:
    Picture(std::filesystem::path file, const PictureFormat& format, const Limits& limits)
        : file_(std::move(file)), format_(format), limits_(limits) {
        check(format_.read_header(read_whole(file_, most_picture_bytes(limits_))));
    }

    int page_count() const override { return 1; }

    Page page(int number) override {
        check_number(number, 1);
        const auto bytes = read_whole(file_, most_picture_bytes(limits_));
        const PictureHeader header = format_.read_header(bytes);
        check(header); // the file may have been replaced since it was opened
        return finish_page(file_, number, {format_.decode(bytes), header.dpi, header.dpi, header.orientation});
    }

private:
    void check(const PictureHeader& header) const { check_size(header.width, header.height, limits_); }

    std::filesystem::path file_;
    const PictureFormat& format_;
    Limits limits_;
};

} // namespace

std::unique_ptr<Document> open_picture(const std::filesystem::path& file, const PictureFormat& format,
                                       const Limits& limits) {
    return std::make_unique<Picture>(file, format, limits);
}

} // namespace dengji::intake
