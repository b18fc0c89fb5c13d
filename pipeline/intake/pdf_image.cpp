#include "pipeline/intake/pdf_image.h"

#include "pipeline/intake/bounded_pipeline.h"
#include "pipeline/intake/jpeg.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/qpdf_headers.h"
#include "pipeline/intake/refusal.h"

#include <opencv2/imgproc.hpp>

namespace dengji::intake {
namespace {

int integer(QPDFObjectHandle dictionary, const std::string& key, int otherwise) {
    auto value = dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
    return value.isInteger() ? value.getIntValueAsInt() : otherwise;
}

bool flag(QPDFObjectHandle dictionary, const std::string& key, bool otherwise) {
    auto value = dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
    return value.isBool() ? value.getBoolValue() : otherwise;
}

/// A value that may stand alone or in an array of one for each filter.
std::vector<QPDFObjectHandle> as_list(QPDFObjectHandle value) {
    if (value.isArray()) return value.getArrayAsVector();
    if (value.isNull()) return {};
    return {value};
}

struct Filters {
    std::vector<QPDFObjectHandle> names;
    std::vector<QPDFObjectHandle> parameters; ///< as many as names

    std::string last() const {
        auto name = names.empty() ? QPDFObjectHandle::newNull() : names.back();
        return name.isName() ? name.getName() : std::string();
    }
    QPDFObjectHandle last_parameters() const {
        return parameters.empty() ? QPDFObjectHandle::newNull() : parameters.back();
    }
};

Filters read_filters(QPDFObjectHandle dictionary) {
    Filters filters;
    filters.names = as_list(dictionary.getKey("/Filter"));
    filters.parameters = as_list(dictionary.getKey("/DecodeParms"));
    filters.parameters.resize(filters.names.size(), QPDFObjectHandle::newNull());
    return filters;
}

/// Colour channels a sample has, 0 for colour spaces that are left to the renderer.
int count_channels(QPDFObjectHandle space) {
    if (space.isName()) {
        const std::string name = space.getName();
        if (name == "/DeviceGray") return 1;
        if (name == "/DeviceRGB") return 3;
        return name == "/DeviceCMYK" ? 4 : 0;
    }
    if (!space.isArray() || space.getArrayNItems() < 1 || !space.getArrayItem(0).isName()) return 0;
    const std::string family = space.getArrayItem(0).getName();
    if (family == "/CalGray") return 1;
    if (family == "/CalRGB") return 3;
    if (family != "/ICCBased" || space.getArrayNItems() < 2 || !space.getArrayItem(1).isStream()) return 0;
    return integer(space.getArrayItem(1).getDict(), "/N", 0);
}

/// Whether /Decode is the usual one, its exact inverse, or (nothing) something else.
std::optional<bool> read_inversion(QPDFObjectHandle decode, int channels) {
    if (decode.isNull()) return false;
    if (!decode.isArray() || decode.getArrayNItems() != channels * 2) return std::nullopt;
    int usual = 0;
    int inverse = 0;
    for (int i = 0; i < channels; ++i) {
        if (!decode.getArrayItem(2 * i).isNumber() || !decode.getArrayItem(2 * i + 1).isNumber()) return std::nullopt;
        const double from = decode.getArrayItem(2 * i).getNumericValue();
        const double to = decode.getArrayItem(2 * i + 1).getNumericValue();
        if (from == 0 && to == 1) ++usual;
        if (from == 1 && to == 0) ++inverse;
    }
    if (usual == channels) return false;
    if (inverse == channels) return true;
    return std::nullopt;
}

std::vector<std::uint8_t> raw_stream(QPDFObjectHandle stream, const Limits& limits) {
    BoundedPipeline raw(most_picture_bytes(limits));
    bool attempted = false;
    const bool whole = stream.pipeStreamData(&raw, &attempted, 0, qpdf_dl_none, true);
    if (raw.overflowed()) refuse_damaged("a picture in the PDF has more data than a page within the limits could have");
    if (!whole) refuse_damaged("a picture in the PDF is damaged or part of it is missing");
    return raw.take();
}

/// The data once all general filters (Flate, LZW, ASCII85 …) are undone; `most` bounds it.
std::vector<std::uint8_t> decoded_stream(QPDFObjectHandle stream, std::size_t most) {
    BoundedPipeline decoded(most);
    bool attempted = false;
    const bool whole = stream.pipeStreamData(&decoded, &attempted, 0, qpdf_dl_specialized, true);
    if (decoded.overflowed()) refuse_damaged("a picture in the PDF has more data than its size allows");
    if (!whole || !attempted) refuse_damaged("a picture in the PDF is damaged or part of it is missing");
    return decoded.take();
}

/// What lies under the last filter: for JPEG data that was packed once more, as some programs do.
std::vector<std::uint8_t> stream_under_last_filter(QPDFObjectHandle image, const Filters& filters,
                                                   const Limits& limits) {
    auto raw = raw_stream(image, limits);
    if (filters.names.size() == 1) return raw;
    QPDF scratch;
    scratch.emptyPDF();
    scratch.setSuppressWarnings(true);
    auto outer = QPDFObjectHandle::newStream(&scratch, std::string(raw.begin(), raw.end()));
    auto names = QPDFObjectHandle::newArray();
    auto parameters = QPDFObjectHandle::newArray();
    for (std::size_t i = 0; i + 1 < filters.names.size(); ++i) {
        auto name = filters.names[i];
        names.appendItem(QPDFObjectHandle::newName(name.isName() ? name.getName() : "/Unknown"));
        auto given = filters.parameters[i];
        parameters.appendItem(given.isDictionary() ? QPDFObjectHandle::parse(given.unparseResolved())
                                                   : QPDFObjectHandle::newNull());
    }
    outer.getDict().replaceKey("/Filter", names);
    outer.getDict().replaceKey("/DecodeParms", parameters);
    return decoded_stream(outer, most_picture_bytes(limits));
}

std::optional<PdfImage> take_jpeg(PdfImage image, int channels, std::vector<std::uint8_t> stream,
                                  QPDFObjectHandle parameters) {
    if (integer(parameters, "/ColorTransform", 1) != 1) return std::nullopt;
    const PictureHeader header = jpeg_format.read_header(stream);
    const bool agrees = header.width == image.width && header.height == image.height;
    if (!agrees || (channels != 0 && jpeg_components(stream) != channels)) return std::nullopt;
    image.data = JpegData{std::move(stream)};
    return image;
}

std::optional<PdfImage> take_fax(PdfImage image, std::vector<std::uint8_t> stream, QPDFObjectHandle parameters) {
    FaxData fax;
    fax.coding.k = integer(parameters, "/K", 0);
    fax.coding.black_is_1 = flag(parameters, "/BlackIs1", false);
    fax.coding.rows_byte_aligned = flag(parameters, "/EncodedByteAlign", false);
    fax.coding.columns = integer(parameters, "/Columns", 1728);
    const int rows = integer(parameters, "/Rows", 0);
    if (fax.coding.columns != image.width || (rows != 0 && rows < image.height)) return std::nullopt;
    if (!can_decode_fax(stream, fax.coding)) return std::nullopt;
    fax.stream = std::move(stream);
    image.data = std::move(fax);
    return image;
}

std::optional<PdfImage> take_samples(PdfImage image, QPDFObjectHandle stream, int channels, int bits) {
    const bool grey = channels == 1 && (bits == 1 || bits == 2 || bits == 4 || bits == 8);
    const bool colour = channels == 3 && bits == 8;
    if (!grey && !colour) return std::nullopt;
    const std::size_t row = (static_cast<std::size_t>(image.width) * static_cast<std::size_t>(channels * bits) + 7) / 8;
    const std::size_t wanted = row * static_cast<std::size_t>(image.height);
    constexpr std::size_t padding = 64 * 1024; // some programs write a line end or a row too many
    SampleData data{decoded_stream(stream, wanted + padding), bits, channels};
    if (data.samples.size() < wanted) refuse_damaged("a picture in the PDF is damaged or part of it is missing");
    image.data = std::move(data);
    return image;
}

cv::Mat decode(const JpegData& data, const PdfImage& image, const Limits&) {
    const auto polarity = image.inverted ? InkPolarity::full_is_0 : InkPolarity::full_is_255;
    cv::Mat pixels = decode_jpeg(data.stream, polarity);
    const bool inks = jpeg_components(data.stream) == 4;
    if (image.inverted && !inks) cv::bitwise_not(pixels, pixels);
    return pixels;
}

cv::Mat decode(const FaxData& data, const PdfImage& image, const Limits& limits) {
    return decode_fax(data.stream, data.coding, image.height, data.coding.black_is_1 != image.inverted, limits);
}

cv::Mat decode(const SampleData& data, const PdfImage& image, const Limits&) {
    const int row = (image.width * data.channels * data.bits + 7) / 8;
    const cv::Mat packed(image.height, row, CV_8UC1, const_cast<std::uint8_t*>(data.samples.data()));
    if (data.channels == 1) return unpack_grey(packed, image.width, data.bits, grey_levels(data.bits, image.inverted));
    cv::Mat bgr;
    cv::cvtColor(packed.reshape(3), bgr, cv::COLOR_RGB2BGR);
    if (image.inverted) cv::bitwise_not(bgr, bgr);
    return bgr;
}

} // namespace

std::optional<PdfImage> take_image(QPDFObjectHandle stream, const Limits& limits) {
    auto dictionary = stream.getDict();
    for (const char* mask : {"/SMask", "/Mask", "/OC"}) {
        if (dictionary.hasKey(mask)) return std::nullopt;
    }
    if (flag(dictionary, "/ImageMask", false)) return std::nullopt;

    PdfImage image;
    image.width = integer(dictionary, "/Width", 0);
    image.height = integer(dictionary, "/Height", 0);
    check_size(image.width, image.height, limits);

    const Filters filters = read_filters(dictionary);
    const std::string coding = filters.last();
    const int channels = count_channels(dictionary.getKey("/ColorSpace"));
    if (channels != 1 && channels != 3 && !(channels == 4 && coding == "/DCTDecode")) return std::nullopt;
    const auto inverted = read_inversion(dictionary.getKey("/Decode"), channels);
    if (!inverted) return std::nullopt;
    image.inverted = *inverted;

    if (coding == "/DCTDecode") {
        return take_jpeg(std::move(image), channels, stream_under_last_filter(stream, filters, limits),
                         filters.last_parameters());
    }
    if (coding == "/CCITTFaxDecode") {
        if (channels != 1) return std::nullopt;
        return take_fax(std::move(image), stream_under_last_filter(stream, filters, limits), filters.last_parameters());
    }
    for (auto name : filters.names) {
        static const std::vector<std::string> general{"/FlateDecode", "/LZWDecode", "/RunLengthDecode",
                                                      "/ASCII85Decode", "/ASCIIHexDecode"};
        if (!name.isName() || std::find(general.begin(), general.end(), name.getName()) == general.end())
            return std::nullopt;
    }
    return take_samples(std::move(image), stream, channels, integer(dictionary, "/BitsPerComponent", 8));
}

cv::Mat decode_image(const PdfImage& image, const Limits& limits) {
    return std::visit([&](const auto& data) { return decode(data, image, limits); }, image.data);
}

} // namespace dengji::intake
