#include "tests/intake/pdf_fixtures.h"

#include <zlib.h>

namespace dengji::intake::test {
namespace {

constexpr int first_number = 3;

} // namespace

int PdfWriter::add(const std::string& object) {
    objects_.push_back(bytes_of(object));
    return first_number + static_cast<int>(objects_.size()) - 1;
}

int PdfWriter::add_stream(const std::string& dictionary, const Data& data) {
    const int number = add({});
    objects_.back() = bytes_of("<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n") +
                      data + bytes_of("\nendstream");
    return number;
}

void PdfWriter::add_page(const std::string& content, const std::string& resources, const std::string& entries,
                         const std::string& media_box) {
    const int stream = add_stream("", content);
    pages_.push_back(add("<< /Type /Page /Parent 2 0 R /MediaBox " + media_box + " /Contents " +
                         std::to_string(stream) + " 0 R /Resources " + resources + " " + entries + " >>"));
}

void PdfWriter::add_scan(int image, const std::string& entries) {
    add_page(whole_page, resources_of(image), entries);
}

Data PdfWriter::finish(const std::string& tree_entries, int count) const {
    std::string kids;
    for (const int page : pages_) kids += std::to_string(page) + " 0 R ";
    const std::string counted = std::to_string(count < 0 ? static_cast<int>(pages_.size()) : count);
    std::vector<Data> all{
        bytes_of("<< /Type /Catalog /Pages 2 0 R >>"),
        bytes_of("<< /Type /Pages /Count " + counted + " /Kids [" + kids + "] " + tree_entries + " >>")};
    all.insert(all.end(), objects_.begin(), objects_.end());

    Data file = bytes_of("%PDF-1.5\n");
    std::string table = "xref\n0 " + std::to_string(all.size() + 1) + "\n0000000000 65535 f \n";
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string place = std::to_string(file.size());
        table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
        file = std::move(file) + bytes_of(std::to_string(i + 1) + " 0 obj\n") + all[i] + bytes_of("\nendobj\n");
    }
    const std::string start = std::to_string(file.size());
    return std::move(file) + bytes_of(table + "trailer\n<< /Root 1 0 R /Size " + std::to_string(all.size() + 1) +
                                      " >>\nstartxref\n" + start + "\n%%EOF\n");
}

std::string resources_of(int image) {
    return "<< /XObject << /Im0 " + std::to_string(image) + " 0 R >> >>";
}

int add_image(PdfWriter& pdf, const cv::Size& size, const std::string& entries, const Data& data) {
    return pdf.add_stream("/Type /XObject /Subtype /Image /Width " + std::to_string(size.width) + " /Height " +
                              std::to_string(size.height) + " " + entries,
                          data);
}

Data scan_pdf(const cv::Size& size, const std::string& image_entries, const Data& data,
              const std::string& page_entries) {
    PdfWriter pdf;
    pdf.add_scan(add_image(pdf, size, image_entries, data), page_entries);
    return pdf.finish();
}

Data deflate(const Data& plain) {
    uLongf size = compressBound(plain.size());
    Data packed(size);
    compress2(packed.data(), &size, plain.data(), plain.size(), 6);
    packed.resize(size);
    return packed;
}

} // namespace dengji::intake::test
