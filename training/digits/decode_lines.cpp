// Decodes drawn lines for training/digits/calibrate.py and measure.py: reads FOLDER/lines.tsv (content, file, what is
// written, who wrote), writes the same with value, raw reading, origin, margin and override to standard output.
#include "ocr/digit_net.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/reading/digit_decoder.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <opencv2/imgcodecs.hpp>

using namespace dengji;

namespace {

constexpr int year_of_lines = 2026; // what lines/fields.py writes does not move with the calendar

int decode(const std::filesystem::path& folder) {
    cv::setNumThreads(1);
    const char* other_net = std::getenv("DENGJI_DIGIT_NET");
    ocr::DigitNet net(other_net != nullptr ? std::filesystem::path(other_net) : data_path("ocr/data/digits.onnx"));
    const reading::DigitDecoder decoder(
        reading::NumberPrior(reading::NearAreas::load(data_path("templates")), year_of_lines));
    std::ifstream lines(folder / "lines.tsv");
    for (std::string line; std::getline(lines, line);) {
        const auto columns = split(line, "\t");
        const cv::Mat grey = cv::imread((folder / columns.at(1)).string(), cv::IMREAD_GRAYSCALE);
        const auto decoded = decoder.decode(net.read(grey), columns[0]);
        std::cout << columns[0] << '\t' << columns.at(2) << '\t' << columns.at(3) << '\t' << decoded.value << '\t'
                  << decoded.raw << '\t' << name_of(decoded.origin) << '\t' << decoded.margin << '\t'
                  << decoded.override_nats << '\n';
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: decode_lines FOLDER\n";
        return 2;
    }
    try {
        return decode(argv[1]);
    } catch (const Error& error) {
        std::cerr << error.message() << "\n" << error.next_step() << "\n";
        return exit_code(error.kind());
    }
}
