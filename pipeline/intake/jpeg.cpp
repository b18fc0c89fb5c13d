#include "pipeline/intake/jpeg.h"

#include "pipeline/intake/exif.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/refusal.h"

#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

// after jpeglib.h, which says what its list of messages depends on
#include <jerror.h>

namespace dengji::intake {
namespace {

// A progressive picture needs about ten scans; thousands of empty ones are an attack on the processor.
constexpr int most_scans = 200;

/// A libjpeg decompressor. libjpeg reports a fatal fault by not returning: fail() jumps back into guarded().
class Decompressor {
public:
    explicit Decompressor(Bytes stream) {
        info_.err = jpeg_std_error(&errors_);
        errors_.error_exit = fail;
        errors_.emit_message = note;
        errors_.output_message = [](j_common_ptr) {};
        info_.client_data = this;
        guarded([&] {
            jpeg_create_decompress(&info_);
            jpeg_mem_src(&info_, stream.data(), static_cast<unsigned long>(stream.size()));
            jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xFFFF);
            jpeg_read_header(&info_, TRUE);
        });
    }
    ~Decompressor() { jpeg_destroy_decompress(&info_); }
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;

    PictureHeader header() const {
        PictureHeader header;
        header.width = static_cast<int>(info_.image_width);
        header.height = static_cast<int>(info_.image_height);
        if (info_.saw_JFIF_marker && info_.density_unit == 1) header.dpi = info_.X_density;
        if (info_.saw_JFIF_marker && info_.density_unit == 2) header.dpi = info_.X_density * 2.54;
        for (auto* marker = info_.marker_list; marker != nullptr; marker = marker->next) {
            const Bytes data(marker->data, marker->data_length);
            if (data.size() > 6 && std::string_view(reinterpret_cast<const char*>(data.data()), 4) == "Exif") {
                header.orientation = exif_orientation(data);
                break;
            }
        }
        return header;
    }

    int components() const { return info_.num_components; }
    bool has_adobe_marker() const { return info_.saw_Adobe_marker; }

    /// Grey, BGR or CMYK as stored.
    cv::Mat pixels() {
        int type = CV_8UC3;
        switch (info_.jpeg_color_space) {
        case JCS_GRAYSCALE:
            info_.out_color_space = JCS_GRAYSCALE;
            type = CV_8UC1;
            break;
        case JCS_CMYK:
        case JCS_YCCK:
            info_.out_color_space = JCS_CMYK;
            type = CV_8UC4;
            break;
        default: info_.out_color_space = JCS_EXT_BGR;
        }
        if (info_.num_components == 2)
            refuse_damaged("the JPEG picture has two colours a pixel, which no scanner writes");
        progress_.progress_monitor = stop_when_too_many_scans;
        info_.progress = &progress_;

        cv::Mat image(static_cast<int>(info_.image_height), static_cast<int>(info_.image_width), type);
        guarded([&] {
            jpeg_start_decompress(&info_);
            while (info_.output_scanline < info_.output_height) {
                JSAMPROW row = image.ptr(static_cast<int>(info_.output_scanline));
                jpeg_read_scanlines(&info_, &row, 1);
            }
        });
        // Only the end mark missing behind a complete picture is no loss; with several scans, later ones may be
        // missing.
        if (corrupt_ || (ends_early_ && jpeg_has_multiple_scans(&info_))) refuse_broken();
        return image;
    }

private:
    static Decompressor& self(j_common_ptr info) { return *static_cast<Decompressor*>(info->client_data); }

    static void fail(j_common_ptr info) { std::longjmp(self(info).way_back_, 1); }

    static void note(j_common_ptr info, int level) {
        if (level >= 0) return;
        switch (info->err->msg_code) {
        case JWRN_JPEG_EOF: self(info).ends_early_ = true; break;
        case JWRN_HIT_MARKER:
        case JWRN_HUFF_BAD_CODE:
        case JWRN_ARITH_BAD_CODE:
        case JWRN_MUST_RESYNC:
        case JWRN_BOGUS_PROGRESSION: self(info).corrupt_ = true; break;
        default: break; // stray bytes and odd markers leave the pixels whole
        }
    }

    static void stop_when_too_many_scans(j_common_ptr info) {
        const auto* decompress = reinterpret_cast<j_decompress_ptr>(info);
        if (decompress->input_scan_number > most_scans) fail(info);
    }

    /// Runs `work`, which must own nothing: it is left by a jump when libjpeg gives up.
    template <typename Work>
    void guarded(Work work) {
        if (setjmp(way_back_) == 0) {
            work();
            return;
        }
        jpeg_destroy_decompress(&info_); // a constructor that throws runs no destructor; twice does no harm
        refuse_broken();
    }

    [[noreturn]] void refuse_broken() {
        if (ends_early_) refuse_damaged("the JPEG picture ends too early: part of it is missing");
        switch (errors_.msg_code) {
        case JERR_BAD_PRECISION:
        case JERR_SOF_UNSUPPORTED:
        case JERR_CONVERSION_NOTIMPL:
            refuse("the JPEG picture is of a kind that cannot be read",
                   "Save it as an ordinary 8-bit JPEG and deliver it again.");
        default: break;
        }
        char text[JMSG_LENGTH_MAX] = {};
        errors_.format_message(reinterpret_cast<j_common_ptr>(&info_), text);
        refuse_damaged("the JPEG picture is damaged", text);
    }

    jpeg_decompress_struct info_{};
    jpeg_error_mgr errors_{};
    jpeg_progress_mgr progress_{};
    std::jmp_buf way_back_{};
    bool ends_early_ = false;
    bool corrupt_ = false;
};

PictureHeader read_jpeg_header(Bytes file) {
    return Decompressor(file).header();
}

cv::Mat decode_jpeg_file(Bytes file) {
    return decode_jpeg(file, InkPolarity::as_marked);
}

} // namespace

cv::Mat decode_jpeg(Bytes stream, InkPolarity polarity) {
    Decompressor decompressor(stream);
    cv::Mat image = decompressor.pixels();
    if (image.channels() != 4) return image;
    const bool inverted =
        polarity == InkPolarity::full_is_0 || (polarity == InkPolarity::as_marked && decompressor.has_adobe_marker());
    return cmyk_to_bgr(image, inverted);
}

int jpeg_components(Bytes stream) {
    return Decompressor(stream).components();
}

const PictureFormat jpeg_format{read_jpeg_header, decode_jpeg_file};

} // namespace dengji::intake
