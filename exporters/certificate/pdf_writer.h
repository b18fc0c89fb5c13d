#pragma once
#include "pipeline/base/sha256.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::certificate {

/// Bytes in the form that PDF calls FlateDecode. The same bytes give the same.
std::string deflated(std::string_view bytes);

std::string pdf_number(double number);       ///< at most three decimals
std::string pdf_hex(std::string_view bytes); ///< <0A1B>
std::string pdf_text(std::string_view utf8); ///< any text, as UTF-16BE
std::string pdf_reference(int object);       ///< "7 0 R"

/// Writes a PDF file of version 1.4 from the front to the back: what was written is not kept. Knows objects and
/// streams, and nothing of pages.
class PdfWriter {
public:
    using Sink = std::function<void(std::string_view)>;
    explicit PdfWriter(Sink sink);

    /// A number for an object that is written later.
    int reserve();
    void object(int number, std::string_view body);
    int object(std::string_view body);
    /// `entries`: of the dictionary, besides the length. `bytes` as they stand in the file.
    void stream(int number, std::string_view entries, std::string_view bytes);
    int stream(std::string_view entries, std::string_view bytes);
    int deflated_stream(std::string_view entries, std::string_view bytes);

    /// Ends the file. Its identity follows from its bytes.
    void finish(int catalogue, int information);

private:
    void write(std::string_view bytes);
    void begin(int number);

    Sink sink_;
    Sha256 digest_;
    std::uint64_t written_ = 0;
    std::vector<std::uint64_t> places_; ///< of the objects; 0: not written
};

} // namespace dengji::certificate
