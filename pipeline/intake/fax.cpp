#include "pipeline/intake/fax.h"

#include "pipeline/intake/refusal.h"
#include "pipeline/intake/tiff_decode.h"

namespace dengji::intake {
namespace {

constexpr std::uint32_t two_dimensions = 1; // T4Options

bool begins_with_end_of_line(Bytes data) {
    // Eleven zeros and a one; fill bits may stand before it.
    std::size_t zeros = 0;
    for (const std::uint8_t byte : data.first(std::min<std::size_t>(data.size(), 8))) {
        for (int bit = 7; bit >= 0; --bit) {
            if ((byte >> bit & 1) == 0)
                ++zeros;
            else
                return zeros >= 11;
        }
    }
    return false;
}

/// Builds a little-endian TIFF of one directory.
class TiffWriter {
public:
    void entry(std::uint16_t tag, std::uint32_t value) { entries_.push_back({tag, value}); }

    std::vector<std::uint8_t> finish(std::uint16_t offset_tag, Bytes data) {
        constexpr std::uint32_t header_size = 8;
        const auto count = static_cast<std::uint32_t>(entries_.size() + 1);
        entry(offset_tag, header_size + 2 + count * 12 + 4);
        std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.tag < b.tag; });
        bytes_ = {'I', 'I'};
        put16(42);
        put32(header_size);
        put16(static_cast<std::uint16_t>(count));
        for (const Entry& e : entries_) {
            constexpr std::uint16_t type_long = 4;
            put16(e.tag);
            put16(type_long);
            put32(1);
            put32(e.value);
        }
        put32(0);
        bytes_.insert(bytes_.end(), data.begin(), data.end());
        return std::move(bytes_);
    }

private:
    struct Entry {
        std::uint16_t tag;
        std::uint32_t value;
    };
    void put16(std::uint16_t v) {
        bytes_.push_back(static_cast<std::uint8_t>(v));
        bytes_.push_back(static_cast<std::uint8_t>(v >> 8));
    }
    void put32(std::uint32_t v) {
        put16(static_cast<std::uint16_t>(v));
        put16(static_cast<std::uint16_t>(v >> 16));
    }
    std::vector<Entry> entries_;
    std::vector<std::uint8_t> bytes_;
};

std::uint16_t compression_of(const FaxCoding& coding) {
    if (coding.k < 0) return COMPRESSION_CCITTFAX4;
    return coding.rows_byte_aligned ? COMPRESSION_CCITTRLE : COMPRESSION_CCITTFAX3;
}

} // namespace

bool can_decode_fax(Bytes data, const FaxCoding& coding) {
    if (coding.k < 0) return !coding.rows_byte_aligned;
    if (coding.k == 0) return !coding.rows_byte_aligned || !begins_with_end_of_line(data);
    return !coding.rows_byte_aligned && begins_with_end_of_line(data);
}

cv::Mat decode_fax(Bytes data, const FaxCoding& coding, int height, bool inverted, const Limits& limits) {
    check_size(coding.columns, height, limits);
    TiffWriter writer;
    writer.entry(TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(coding.columns));
    writer.entry(TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
    writer.entry(TIFFTAG_BITSPERSAMPLE, 1);
    writer.entry(TIFFTAG_SAMPLESPERPIXEL, 1);
    writer.entry(TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(height));
    writer.entry(TIFFTAG_COMPRESSION, compression_of(coding));
    writer.entry(TIFFTAG_PHOTOMETRIC, inverted ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_MINISWHITE);
    if (coding.k > 0) writer.entry(TIFFTAG_T4OPTIONS, two_dimensions);
    writer.entry(TIFFTAG_STRIPBYTECOUNTS, static_cast<std::uint32_t>(data.size()));
    const auto bytes = writer.finish(TIFFTAG_STRIPOFFSETS, data);

    TiffFile file(bytes, limits);
    if (TIFFReadDirectory(file.get()) == 0) refuse_damaged("the fax-coded picture is damaged", file.messages().error);
    if (coding.k == 0 && !coding.rows_byte_aligned && !begins_with_end_of_line(data)) {
        constexpr int no_end_of_line = 2; // FAXMODE_NOEOL; libtiff would look for the marks and skip rows
        TIFFSetField(file.get(), TIFFTAG_FAXMODE, no_end_of_line);
    }
    return decode_tiff(file, read_tiff_header(file.get()));
}

} // namespace dengji::intake
