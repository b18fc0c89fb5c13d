#include "exporters/certificate/pdf_writer.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <charconv>
#include <zlib.h>

namespace dengji::certificate {
namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";

void add_hex(std::string& hex, unsigned byte) {
    hex += hex_digits[(byte >> 4) & 15];
    hex += hex_digits[byte & 15];
}

void add_unit(std::string& hex, unsigned unit) {
    add_hex(hex, unit >> 8);
    add_hex(hex, unit);
}

std::string padded(std::uint64_t number, std::size_t digits) {
    const auto plain = std::to_string(number);
    return std::string(digits > plain.size() ? digits - plain.size() : 0, '0') + plain;
}

} // namespace

std::string deflated(std::string_view bytes) {
    auto length = compressBound(static_cast<uLong>(bytes.size()));
    std::string packed(length, '\0');
    const int result =
        compress2(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION);
    if (result != Z_OK) throw Error(ErrorKind::internal, "zlib cannot pack a part of a PDF file");
    packed.resize(length);
    return packed;
}

std::string pdf_number(double number) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed, 3).ptr;
    std::string plain(text, end);
    plain.erase(plain.find_last_not_of('0') + 1);
    if (plain.back() == '.') plain.pop_back();
    return plain == "-0" ? "0" : plain;
}

std::string pdf_hex(std::string_view bytes) {
    std::string hex = "<";
    for (const char byte : bytes) add_hex(hex, static_cast<unsigned char>(byte));
    return hex + ">";
}

std::string pdf_text(std::string_view text) {
    std::string hex = "<FEFF";
    for (const char32_t character : code_points(text)) {
        const auto code = static_cast<unsigned>(character);
        if (code < 0x10000) {
            add_unit(hex, code);
        } else {
            add_unit(hex, 0xD800 + ((code - 0x10000) >> 10));
            add_unit(hex, 0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
    return hex + ">";
}

std::string pdf_reference(int object) {
    return std::to_string(object) + " 0 R";
}

PdfWriter::PdfWriter(Sink sink) : sink_(std::move(sink)) {
    // Four bytes above 127 tell programs that copy files that this one is not text.
    write("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
}

void PdfWriter::write(std::string_view bytes) {
    sink_(bytes);
    digest_.add(bytes);
    written_ += bytes.size();
}

int PdfWriter::reserve() {
    places_.push_back(0);
    return static_cast<int>(places_.size());
}

void PdfWriter::begin(int number) {
    places_[static_cast<std::size_t>(number - 1)] = written_;
    write(std::to_string(number) + " 0 obj\n");
}

void PdfWriter::object(int number, std::string_view body) {
    begin(number);
    write(body);
    write("\nendobj\n");
}

int PdfWriter::object(std::string_view body) {
    const int number = reserve();
    object(number, body);
    return number;
}

void PdfWriter::stream(int number, std::string_view entries, std::string_view bytes) {
    begin(number);
    write("<< " + std::string(entries) + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n");
    write(bytes);
    write("\nendstream\nendobj\n");
}

int PdfWriter::stream(std::string_view entries, std::string_view bytes) {
    const int number = reserve();
    stream(number, entries, bytes);
    return number;
}

int PdfWriter::deflated_stream(std::string_view entries, std::string_view bytes) {
    return stream(std::string(entries) + " /Filter /FlateDecode", deflated(bytes));
}

void PdfWriter::finish(int catalogue, int information) {
    const auto table = written_;
    std::string end = std::string("xref\n0 ") + std::to_string(places_.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto place : places_) {
        if (place == 0) throw Error(ErrorKind::internal, "a PDF file lacks an object that it speaks of");
        end += padded(place, 10) + " 00000 n \n";
    }
    write(end);
    const auto digest = digest_.hex();
    const auto identity = std::string(1, '<').append(digest, 0, 32).append(1, '>');
    sink_("trailer\n<< /Size " + std::to_string(places_.size() + 1) + " /Root " + pdf_reference(catalogue) + " /Info " +
          pdf_reference(information) + " /ID [" + identity + " " + identity + "] >>\nstartxref\n" +
          std::to_string(table) + "\n%%EOF\n");
}

} // namespace dengji::certificate
