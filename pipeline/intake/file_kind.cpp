#include "pipeline/intake/file_kind.h"

#include "pipeline/intake/refusal.h"

#include <algorithm>
#include <string_view>

namespace dengji::intake {
namespace {

using namespace std::string_view_literals;

bool is_text(std::string_view head) {
    return std::none_of(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1b;
    });
}

bool is_heif(std::string_view head) {
    if (head.substr(4, 4) != "ftyp") return false;
    const std::string_view brand = head.substr(8, 4);
    return brand == "heic" || brand == "heix" || brand == "mif1" || brand == "msf1" || brand == "hevc" ||
           brand == "avif";
}

} // namespace

FileKind detect_kind(Bytes bytes) {
    const std::string_view head(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (head.starts_with("\xFF\xD8\xFF"sv)) return FileKind::jpeg;
    if (head.starts_with("\x89PNG\r\n\x1A\n"sv)) return FileKind::png;
    if (head.starts_with("II\x2A\0"sv) || head.starts_with("MM\0\x2A"sv)) return FileKind::tiff;
    if (head.starts_with("II\x2B\0"sv) || head.starts_with("MM\0\x2B"sv)) return FileKind::tiff;
    if (head.size() >= 12 && head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return FileKind::webp;
    // Readers of PDF accept other bytes ahead of the mark, mail programs put them there.
    if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return FileKind::pdf;

    if (head.size() >= 12 && is_heif(head)) return FileKind::heif;
    if (head.starts_with("GIF8")) return FileKind::gif;
    if (head.starts_with("BM") && !is_text(head)) return FileKind::bmp;
    if (head.starts_with("\0\0\0\x0CjP  "sv) || head.starts_with("\xFF\x4F\xFF\x51"sv)) return FileKind::jpeg2000;
    if (head.starts_with("AT&TFORM")) return FileKind::djvu;
    if (head.starts_with("PK\x03\x04"sv)) return FileKind::zip;
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return FileKind::office;
    return is_text(head) ? FileKind::text : FileKind::unknown;
}

void refuse_kind(FileKind kind) {
    const std::string deliver = "Deliver it as PDF, TIFF, JPEG, PNG or WebP.";
    switch (kind) {
    case FileKind::heif:
        refuse("this is a HEIC or AVIF picture of a telephone", "Set the camera to JPEG, or save the picture as JPEG.");
    case FileKind::gif: refuse("this is a GIF picture", deliver);
    case FileKind::bmp: refuse("this is a BMP picture", deliver);
    case FileKind::jpeg2000: refuse("this is a JPEG 2000 picture", deliver);
    case FileKind::djvu: refuse("this is a DjVu file", deliver);
    case FileKind::zip:
        refuse("this is a ZIP, Word, Excel or OFD file", "Unpack it, or print it to PDF, and deliver the result.");
    case FileKind::office: refuse("this is an old Word or Excel file", "Print it to PDF and deliver that.");
    case FileKind::text: refuse("this is a text file, not a scan, whatever its name says", deliver);
    default: refuse("this is neither a PDF nor a picture of a known kind", deliver);
    }
}

} // namespace dengji::intake
