#include "tests/intake/fixtures.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>
#include <jpeglib.h>

namespace dengji::intake::test {

Data bytes_of(std::string_view text) {
    return {text.begin(), text.end()};
}

Data operator+(Data left, const Data& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "dengji-intake-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempFolder::write(const std::string& name, std::span<const std::uint8_t> data) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size()));
    return file;
}

std::filesystem::path TempFolder::write(const std::string& name, std::string_view text) const {
    return write(name, bytes_of(text));
}

cv::Mat sheet(int width, int height) {
    cv::Mat image(height, width, CV_8UC1, cv::Scalar(255));
    const int unit = width / 21;
    cv::rectangle(image, {unit, unit, 6 * unit, 3 * unit}, 0, cv::FILLED);                 // top left, wide
    cv::circle(image, {width - 4 * unit, 4 * unit}, 2 * unit, 0, 2);                       // top right
    cv::rectangle(image, {unit, height - 8 * unit, 2 * unit, 6 * unit}, 0, 2);             // bottom left, tall
    cv::line(image, {width / 2, height / 2}, {width - 2 * unit, height - 2 * unit}, 0, 2); // bottom right
    for (int i = 0; i < 5; ++i) cv::line(image, {unit, (10 + i) * unit}, {width - unit, (10 + i) * unit}, 0, 1);
    return image;
}

cv::Mat colour_sheet(int width, int height) {
    cv::Mat image;
    cv::cvtColor(sheet(width, height), image, cv::COLOR_GRAY2BGR);
    cv::circle(image, {width / 4, height / 2}, width / 8, {40, 40, 220}, 4);
    cv::line(image, {width / 4, height / 5}, {width / 2, height / 4}, {200, 60, 30}, 3);
    return image;
}

double difference(const cv::Mat& a, const cv::Mat& b) {
    if (a.size() != b.size() || a.type() != b.type()) return 255;
    return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total() * static_cast<std::size_t>(a.channels()));
}

Error refusal_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::input);
        EXPECT_FALSE(error.message().empty());
        EXPECT_FALSE(error.next_step().empty()) << error.message();
        return error;
    }
    ADD_FAILURE() << "nothing was refused";
    return {ErrorKind::internal, "nothing was refused"};
}

Page first_page(const std::filesystem::path& file, const Limits& limits) {
    return open_document(file, limits)->page(1);
}

Data encode(const std::string& extension, const cv::Mat& image, const std::vector<int>& options) {
    Data data;
    if (!cv::imencode(extension, image, data, options)) throw std::runtime_error("cannot encode " + extension);
    return data;
}

Data jpeg(const cv::Mat& image, int quality) {
    return encode(".jpg", image, {cv::IMWRITE_JPEG_QUALITY, quality});
}

Data progressive_jpeg(const cv::Mat& image) {
    return encode(".jpg", image, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
}

Data cmyk_jpeg(const cv::Mat& cmyk, JpegInks inks) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = static_cast<JDIMENSION>(cmyk.cols);
    info.image_height = static_cast<JDIMENSION>(cmyk.rows);
    info.input_components = 4;
    info.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&info);
    if (inks == JpegInks::adobe_ycck) jpeg_set_colorspace(&info, JCS_YCCK);
    info.write_Adobe_marker = inks == JpegInks::plain_cmyk ? FALSE : TRUE;
    jpeg_set_quality(&info, 95, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        auto* row = const_cast<std::uint8_t*>(cmyk.ptr(static_cast<int>(info.next_scanline)));
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    Data data(buffer, buffer + size);
    std::free(buffer);
    return data;
}

Data with_exif(const Data& plain, int orientation, bool little_endian) {
    const auto value = static_cast<std::uint8_t>(orientation);
    const Data little{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0};
    const Data big{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0};
    const Data exif = bytes_of({"Exif\0\0", 6}) + (little_endian ? little : big);
    const auto length = static_cast<std::uint8_t>(exif.size() + 2);
    return Data(plain.begin(), plain.begin() + 2) + Data{0xFF, 0xE1, 0, length} + exif +
           Data(plain.begin() + 2, plain.end());
}

} // namespace dengji::intake::test
