// Decodes the words of generated sheets for training/words/fit.py: reads FOLDER/truth/*.json and the pages that they
// name, writes for each field what was read, what is true and the terms of its confidence to standard output.
#include "ocr/digit_net.h"
#include "ocr/ppocr.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/intake/document.h"
#include "pipeline/layout/layout.h"
#include "pipeline/reading/digit_run_reader.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/unread_ink.h"
#include "pipeline/reading/word_reader.h"
#include "templates/form.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

using namespace dengji;

namespace {

using Clock = std::chrono::steady_clock;

/// One field's lines, as FieldReader frames them for PP-OCR.
struct Field {
    std::string key, content, truth;
    std::vector<cv::Mat> images, probabilities;
    double unread_ink = 0;
    reading::WordReading reading;
    double ms = 0;
};

class Measurer {
public:
    Measurer()
        : forms_{templates::load_form(data_path("templates/forms/registration-2020.yaml"))},
          vocabularies_(reading::load_vocabularies(data_path("templates/codes"))),
          address_words_(data_path("templates/codes")), recogniser_(ocr::PpOcr::load(data_folder() / "models")),
          net_(data_path("ocr/data/digits.onnx")) {
        if (!recogniser_)
            throw Error(ErrorKind::data, "the line reader's model is missing", "Run scripts/models/fetch.");
        reader_ = std::make_unique<reading::WordReader>(recogniser_->characters(), vocabularies_, address_words_,
                                                        data_path("templates/words"));
    }

    void measure(const std::filesystem::path& page_file, const nlohmann::json& truth, const std::string& name) {
        const intake::Page page = intake::open_document(page_file)->page(1);
        const layout::Sheet sheet = layout::lay_out(page, forms_);
        if (sheet.kind != layout::PageKind::form) return;
        std::vector<Field> fields = cut(page, sheet, truth.at("values"));
        decode(fields);
        for (const Field& field : fields) print(field, name, truth.at("hand"), truth.at("profile"));
    }

private:
    std::vector<Field> cut(const intake::Page& page, const layout::Sheet& sheet, const nlohmann::json& values) {
        std::vector<Field> fields;
        for (const templates::Field& its : sheet.form->fields) {
            if (its.kind != templates::FieldKind::text || !is_word(its.content)) continue;
            const auto place = std::find_if(sheet.fields.begin(), sheet.fields.end(),
                                            [&](const auto& placed) { return placed.key == its.key; });
            if (place == sheet.fields.end() || place->presence != layout::Presence::written) continue;
            Field field{its.key, its.content, values.value(its.key, ""), {}, {}, 0, {}, 0};
            const cv::Mat cut = layout::crop(page.image, sheet.table, place->area);
            if (field.truth.empty() || cut.empty()) continue;
            read_lines(cut, sheet.em * cut.cols / place->area.width, field);
            if (!field.images.empty()) fields.push_back(std::move(field));
        }
        return fields;
    }

    static bool is_word(const std::string& content) {
        static const std::set<std::string> numbers = {"id_number", "id_number_like", "mobile", "landline"};
        return !numbers.contains(content);
    }

    void read_lines(const cv::Mat& cut, double em, Field& field) {
        const cv::Mat flat = reading::flatten_paper(cut, em);
        reading::Framing framing;
        framing.text_height = 34;
        framing.border = 7;
        framing.least_height = 0.6 * em;
        for (const cv::Rect& extent : reading::find_lines(flat, em)) {
            field.images.push_back(reading::frame_line(flat, extent, framing).grey);
            recogniser_->read(field.images.back(), ocr::Script::chinese);
            field.probabilities.push_back(recogniser_->probabilities().clone());
        }
        const auto greedy = reading::greedy_reading(field.probabilities, reader_->classes());
        for (std::size_t l = 0; l < field.images.size(); ++l)
            field.unread_ink =
                std::max(field.unread_ink, reading::unread_ink(field.images[l], greedy, static_cast<int>(l)));
    }

    reading::WordHints hints(const Field& field) {
        reading::WordHints hints;
        hints.unread_ink = field.unread_ink;
        if (field.content == "address") hints.digits = reading::digit_run_reader(net_, field.images);
        return hints;
    }

    void decode(std::vector<Field>& fields) {
        std::vector<Field*> addresses;
        double legibility = 0;
        for (Field& field : fields) {
            const auto start = Clock::now();
            field.reading = reader_->read(field.probabilities, field.content, hints(field));
            field.ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
            legibility += field.reading.evidence.mean / static_cast<double>(fields.size());
            if (field.content == "address") addresses.push_back(&field);
        }
        if (addresses.size() == 2)
            std::tie(addresses[0]->reading, addresses[1]->reading) = reader_->read_addresses(
                addresses[0]->probabilities, hints(*addresses[0]), addresses[1]->probabilities, hints(*addresses[1]));
        for (Field& field : fields) {
            field.reading.confidence = reader_->confidence(field.reading, legibility);
            field.reading.evidence.sheet_legibility = legibility;
        }
    }

    static void print(const Field& field, const std::string& name, const std::string& hand,
                      const std::string& profile) {
        const reading::WordReading& r = field.reading;
        std::cout << name << '\t' << hand << '\t' << profile << '\t' << field.key << '\t' << r.kind << '\t'
                  << field.truth << '\t' << r.value << '\t' << r.raw << '\t' << r.confidence << '\t' << field.ms;
        for (const double term : reading::WordConfidence::term_values(r.evidence)) std::cout << '\t' << term;
        std::cout << '\n';
    }

    std::vector<templates::Form> forms_;
    reading::Vocabularies vocabularies_;
    reading::AddressWords address_words_;
    std::unique_ptr<ocr::PpOcr> recogniser_;
    ocr::DigitNet net_;
    std::unique_ptr<reading::WordReader> reader_;
};

int measure(const std::filesystem::path& folder) {
    cv::setNumThreads(1);
    Measurer measurer;
    std::cout << "sheet\thand\tprofile\tkey\tkind\ttruth\tvalue\traw\tconfidence\tms";
    for (const std::string& term : reading::WordConfidence::term_names()) std::cout << '\t' << term;
    std::cout << '\n';
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder / "truth")) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const auto truth = nlohmann::json::parse(std::ifstream(file), nullptr, true);
        if (truth.value("kind", "") != "registration") continue;
        measurer.measure(folder / truth.at("image").get<std::string>(), truth, file.stem().string());
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: measure_words FOLDER\n";
        return 2;
    }
    try {
        return measure(argv[1]);
    } catch (const Error& error) {
        std::cerr << error.message() << "\n" << error.next_step() << "\n";
        return exit_code(error.kind());
    }
}
