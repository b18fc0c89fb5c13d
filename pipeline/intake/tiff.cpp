#include "pipeline/intake/tiff.h"

#include "pipeline/intake/finish.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/refusal.h"
#include "pipeline/intake/tiff_decode.h"

#include <set>

namespace dengji::intake {
namespace {

struct Directories {
    std::vector<toff_t> pages; ///< where each page's directory lies in the file
    bool loops = false;        ///< the last directory points back to an earlier one
    bool breaks = false;       ///< a next directory is announced that cannot be read
};

Directories walk(const std::filesystem::path& path, const Limits& limits) {
    TiffFile file(path, limits);
    TIFF* tiff = file.get();
    Directories found;
    std::set<toff_t> visited;
    // A file may hold thumbnails and masks besides its pages; both are bounded.
    const std::size_t most_directories = static_cast<std::size_t>(limits.pages) * 4;
    while (TIFFReadDirectory(tiff) != 0) {
        const toff_t here = TIFFCurrentDirOffset(tiff);
        if (!visited.insert(here).second) {
            found.loops = true;
            return found;
        }
        if (read_tiff_header(tiff).is_page) found.pages.push_back(here);
        if (found.pages.size() > static_cast<std::size_t>(limits.pages) || visited.size() > most_directories) {
            refuse("the TIFF file has more than " + std::to_string(limits.pages) + " pages",
                   "Deliver it in smaller files, or raise the limit of pages in the settings.");
        }
        if (TIFFLastDirectory(tiff)) return found;
    }
    found.loops = file.messages().loops; // libtiff itself stops at a directory seen before
    found.breaks = !found.loops;
    if (found.pages.empty())
        refuse_damaged("the TIFF file is damaged: it holds no page that can be read", file.messages().error);
    return found;
}

/// Opens the file anew for each page, so that pages can be decoded in several threads and nothing stays open meanwhile.
class Tiff : public Document {
public:
    Tiff(std::filesystem::path file, const Limits& limits)
        : file_(std::move(file)), limits_(limits), directories_(walk(file_, limits_)) {
        if (directories_.pages.empty()) refuse_damaged("the TIFF file holds no page");
    }

    int page_count() const override {
        const bool incomplete = directories_.loops || directories_.breaks;
        return static_cast<int>(directories_.pages.size()) + (incomplete ? 1 : 0);
    }

    Page page(int number) override {
        check_number(number, page_count());
        const auto index = static_cast<std::size_t>(number - 1);
        if (index == directories_.pages.size()) refuse_rest();

        TiffFile file(file_, limits_);
        if (TIFFSetSubDirectory(file.get(), directories_.pages[index]) == 0) {
            refuse_damaged("the TIFF page is damaged", file.messages().error);
        }
        const TiffHeader header = read_tiff_header(file.get());
        check_size(header.width, header.height, limits_);
        const cv::Size stored(static_cast<int>(header.width), static_cast<int>(header.height));
        const cv::Size square = square_size(stored, header.dpi_x, header.dpi_y);
        check_size(square.width, square.height, limits_);

        return finish_page(file_, number, {decode_tiff(file, header), header.dpi_x, header.dpi_y, header.orientation});
    }

private:
    [[noreturn]] void refuse_rest() const {
        const std::string good = std::to_string(directories_.pages.size());
        refuse_damaged(directories_.loops
                           ? "the TIFF file's list of pages leads back to itself after page " + good +
                                 ": later pages, if any, cannot be found"
                           : "the TIFF file is damaged after page " + good + ": later pages cannot be found");
    }

    std::filesystem::path file_;
    Limits limits_;
    Directories directories_;
};

} // namespace

std::unique_ptr<Document> open_tiff(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<Tiff>(file, limits);
}

} // namespace dengji::intake
