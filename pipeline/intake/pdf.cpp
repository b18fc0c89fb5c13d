#include "pipeline/intake/pdf.h"

#include "pipeline/intake/finish.h"
#include "pipeline/intake/pdf_page.h"
#include "pipeline/intake/pdf_render.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/qpdf_headers.h"
#include "pipeline/intake/refusal.h"

#include <mutex>

#include <unistd.h>

namespace dengji::intake {
namespace {

/// What qpdf throws, in our words.
[[noreturn]] void refuse_pdf(const std::exception& fault) {
    if (const auto* known = dynamic_cast<const QPDFExc*>(&fault)) {
        if (known->getErrorCode() == qpdf_e_password || known->getErrorCode() == qpdf_e_unsupported) {
            refuse("the PDF is protected by a password",
                   "Open it with the password, save it without protection, and deliver that.");
        }
    }
    refuse_damaged("the PDF is damaged or part of it is missing");
}

class Pdf : public Document {
public:
    Pdf(std::filesystem::path file, const Limits& limits) : file_(std::move(file)), limits_(limits) {
        if (::access(file_.c_str(), R_OK) != 0) refuse_unreadable(errno);
        try {
            pdf_.setSuppressWarnings(true);
            pdf_.setAttemptRecovery(true);
            pdf_.processFile(file_.c_str());
            announced_ = announced_pages();
            found_ = static_cast<int>(std::min<std::size_t>(pdf_.getAllPages().size(), INT32_MAX - 1));
            damaged_ = pdf_.anyWarnings();
        } catch (const Error&) {
            throw;
        } catch (const std::exception& fault) {
            refuse_pdf(fault);
        }
        if (found_ == 0) refuse_damaged("the PDF is damaged: no page can be found in it");
        if (found_ > limits_.pages) {
            refuse("the PDF has " + std::to_string(found_) + " pages, the limit is " + std::to_string(limits_.pages),
                   "Deliver it in smaller files, or raise the limit of pages in the settings.");
        }
    }

    int page_count() const override { return found_ + (pages_are_missing() ? 1 : 0); }

    Page page(int number) override {
        check_number(number, page_count());
        if (number > found_) {
            refuse_damaged("the PDF is damaged: it announces " + std::to_string(announced_) + " pages, only " +
                           std::to_string(found_) + " can be found");
        }
        PdfBox visible;
        const auto scanned = take(number, visible);
        if (!scanned) {
            const auto rendered = render_pdf_page(file_, number, visible.width(), visible.height(), limits_);
            return finish_page(file_, number, {rendered.image, rendered.dpi, rendered.dpi});
        }
        const auto& image = scanned->image;
        const cv::Size square = square_size({image.width, image.height}, scanned->dpi_x, scanned->dpi_y);
        check_size(square.width, square.height, limits_);
        return finish_page(
            file_, number,
            {decode_image(image, limits_), scanned->dpi_x, scanned->dpi_y, scanned->orientation, scanned->rotate});
    }

private:
    /// qpdf keeps what it has read, so one thread at a time; decoding happens outside.
    std::optional<ScannedPage> take(int number, PdfBox& visible) {
        const std::lock_guard lock(mutex_);
        try {
            QPDFPageObjectHelper page(pdf_.getAllPages().at(static_cast<std::size_t>(number - 1)));
            visible = visible_box(page);
            return take_scanned_page(page, limits_);
        } catch (const Error&) {
            throw;
        } catch (const std::exception& fault) {
            refuse_pdf(fault);
        }
    }

    int announced_pages() {
        auto tree = pdf_.getRoot().getKey("/Pages");
        auto count = tree.isDictionary() ? tree.getKey("/Count") : QPDFObjectHandle::newNull();
        return count.isInteger() ? count.getIntValueAsInt() : 0;
    }

    /// A wrong number of pages in a file that is otherwise sound is only a wrong number.
    bool pages_are_missing() const { return damaged_ && announced_ > found_; }

    std::filesystem::path file_;
    Limits limits_;
    std::mutex mutex_;
    QPDF pdf_;
    int announced_ = 0;
    int found_ = 0;
    bool damaged_ = false;
};

} // namespace

std::unique_ptr<Document> open_pdf(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<Pdf>(file, limits);
}

} // namespace dengji::intake
