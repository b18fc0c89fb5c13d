#include "ocr/weights_file.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"

#include <bit>
#include <cstring>
#include <sstream>

namespace dengji::ocr {
namespace {

constexpr std::size_t checksum_size = 32, largest_file = 64U << 20U;
constexpr int largest_side = 1 << 16;

std::string hexadecimal(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4U];
        text += digits[static_cast<unsigned char>(byte) & 15U];
    }
    return text;
}

} // namespace

void broken_model(const std::string& what) {
    throw Error(ErrorKind::data, "the model of the second reader is broken: " + what,
                "Remove the folder models and run scripts/models/fetch.");
}

WeightsFile::WeightsFile(const std::filesystem::path& file) {
    static_assert(std::endian::native == std::endian::little, "the file's numbers are copied as they are");
    try {
        content_ = read_file(file, largest_file);
    } catch (const Error&) {
        broken_model("it cannot be read");
    }
    if (content_.size() < checksum_size) broken_model("it is cut off");
    const std::string checksum = content_.substr(content_.size() - checksum_size);
    content_.resize(content_.size() - checksum_size);
    if (sha256_of(content_) != hexadecimal(checksum)) broken_model("it is not as it was written");
    if (line() != "dengji-line-net 1") broken_model("it is of another kind");
}

std::string WeightsFile::line() {
    const auto end = content_.find('\n', at_);
    if (end == std::string::npos) broken_model("it is cut off");
    std::string text = content_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
}

Tensor WeightsFile::take(const std::string& name) {
    Tensor tensor;
    std::istringstream head(line());
    int first = 0;
    head >> tensor.name >> first;
    if (!head || tensor.name != name) broken_model(name + " is missing");
    if (head >> tensor.columns)
        tensor.rows = first;
    else
        tensor.columns = first;
    if (tensor.rows < 1 || tensor.columns < 1 || tensor.rows > largest_side || tensor.columns > largest_side)
        broken_model(name + " has an impossible size");
    const std::size_t count = static_cast<std::size_t>(tensor.rows) * static_cast<std::size_t>(tensor.columns);
    if (count * sizeof(float) > content_.size() - at_) broken_model("it is cut off");
    tensor.values.resize(count);
    std::memcpy(tensor.values.data(), content_.data() + at_, count * sizeof(float));
    at_ += count * sizeof(float);
    return tensor;
}

Tensor WeightsFile::take(const std::string& name, int rows, int columns) {
    Tensor tensor = take(name);
    if (tensor.rows != rows || tensor.columns != columns) broken_model(name + " has another size than expected");
    return tensor;
}

void WeightsFile::expect_end() {
    if (line() != "end" || at_ != content_.size()) broken_model("it holds more than expected");
}

} // namespace dengji::ocr
