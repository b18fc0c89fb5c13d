#include "pipeline/intake/pdf_render.h"

#include "pipeline/intake/child_process.h"
#include "pipeline/intake/pixels.h"
#include "pipeline/intake/quality.h"
#include "pipeline/intake/refusal.h"

#include <charconv>
#include <cstring>

#include <opencv2/imgproc.hpp>

namespace dengji::intake {
namespace {

constexpr double usual_dpi = 300;
constexpr double lowest_dpi = 100; // below that, characters are no longer legible
constexpr double points_per_inch = 72;

double choose_dpi(double width, double height, const Limits& limits) {
    const double square_inches = width * height / (points_per_inch * points_per_inch);
    const double fitting = std::sqrt(limits.megapixels * 1e6 / square_inches);
    constexpr double longest_side = 60'000;
    const double dpi =
        std::floor(std::min({usual_dpi, fitting, longest_side * points_per_inch / std::max(width, height)}));
    if (dpi >= lowest_dpi) return dpi;
    const auto centimetres = [](double points) { return std::to_string(std::lround(points / points_per_inch * 2.54)); };
    refuse("the PDF page is too large to be drawn: " + centimetres(width) + " x " + centimetres(height) + " cm",
           "Print it to A4 and deliver that, or raise the limit of megapixels in the settings.");
}

/// Takes a PPM (P6, 8 bits) as it arrives, straight into an image.
class PpmReader {
public:
    explicit PpmReader(const Limits& limits) : limits_(limits) {}

    /// False when the picture is complete, too large or no PPM.
    bool take(std::span<const std::uint8_t> piece) {
        if (image_.empty()) {
            header_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
            const auto end = parse_header();
            if (image_.empty()) return !too_large_ && header_.size() < longest_header;
            const std::string rest = header_.substr(end);
            return store({reinterpret_cast<const std::uint8_t*>(rest.data()), rest.size()});
        }
        return store(piece);
    }

    bool too_large() const { return too_large_; }
    bool complete() const { return !image_.empty() && filled_ == image_.total() * 3; }
    cv::Mat image() const { return image_; }

private:
    static constexpr std::size_t longest_header = 1u << 20;

    bool store(std::span<const std::uint8_t> piece) {
        const std::size_t count = std::min(piece.size(), image_.total() * 3 - filled_);
        std::memcpy(image_.data + filled_, piece.data(), count);
        filled_ += count;
        return true; // also when complete: the child ends by itself
    }

    /// Makes the image once "P6 WIDTH HEIGHT 255" has come; gives where the pixels begin.
    std::size_t parse_header() {
        std::array<std::string, 4> words;
        std::size_t at = 0;
        for (auto& word : words) {
            while (at < header_.size() && is_space(header_[at])) ++at;
            while (at < header_.size() && !is_space(header_[at])) word += header_[at++];
            if (at >= header_.size()) return 0;
        }
        std::int64_t width = 0;
        std::int64_t height = 0;
        std::from_chars(words[1].data(), words[1].data() + words[1].size(), width);
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), height);
        const bool plausible = words[0] == "P6" && words[3] == "255" && width > 1 && height > 1;
        too_large_ =
            !plausible || static_cast<double>(width) * static_cast<double>(height) > limits_.megapixels * 1e6 * 1.01;
        if (!too_large_) image_.create(static_cast<int>(height), static_cast<int>(width), CV_8UC3);
        return at + 1;
    }

    static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

    Limits limits_;
    std::string header_;
    cv::Mat image_;
    std::size_t filled_ = 0;
    bool too_large_ = false;
};

[[noreturn]] void refuse_unrendered(const ChildResult& result, const PpmReader& reader, const Limits& limits) {
    switch (result.end) {
    case ChildResult::End::not_started:
        refuse("this PDF page has to be drawn by pdftoppm, and that program could not be started",
               "Install it: apt-get install poppler-utils");
    case ChildResult::End::timed_out:
        refuse("drawing the PDF page took longer than " + std::to_string(limits.render_seconds) + " seconds",
               "Print the page to paper and scan it, or raise the limit of rendering time in the settings.");
    default: break;
    }
    if (reader.too_large()) {
        refuse("the PDF page cannot be drawn: its size is not that of a sheet of paper",
               "Print it to A4 and deliver that.");
    }
    refuse_damaged("the PDF page is damaged and cannot be drawn");
}

} // namespace

RenderedPage render_pdf_page(const std::filesystem::path& file, int number, double width, double height,
                             const Limits& limits) {
    RenderedPage page;
    page.dpi = choose_dpi(width, height, limits);
    const std::string page_number = std::to_string(number);
    // An absolute path cannot be taken for an option or for standard input.
    const std::vector<std::string> command{
        "pdftoppm",  "-cropbox", "-r",        std::to_string(std::lround(page.dpi)),   "-f",
        page_number, "-l",       page_number, std::filesystem::absolute(file).string()};
    PpmReader reader(limits);
    const ChildLimits child_limits{limits.render_seconds, 4ull << 30};
    const ChildResult result = run_child(command, child_limits, [&](auto piece) { return reader.take(piece); });
    if (result.end != ChildResult::End::exited || !reader.complete()) refuse_unrendered(result, reader, limits);

    cv::Mat image = reader.image();
    page.image = drop_absent_colour(image);
    if (page.image.channels() == 3) cv::cvtColor(page.image, page.image, cv::COLOR_RGB2BGR);
    // Poppler draws what it can of a damaged page and says so only in its messages. An empty page must not pass as
    // blank then.
    const bool complains = result.complaints.find("Error") != std::string::npos;
    if (complains && measure_quality(page.image).blank)
        refuse_damaged("the PDF page is damaged: nothing on it can be drawn");
    return page;
}

} // namespace dengji::intake
