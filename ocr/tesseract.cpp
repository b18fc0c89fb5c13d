#include "ocr/tesseract.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <cmath>
#include <omp.h>
#include <opencv2/imgproc.hpp>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

namespace dengji::ocr {

namespace {

using Engine = tesseract::TessBaseAPI;

std::unique_ptr<Engine> start_engine(const std::filesystem::path& tessdata, const char* language) {
    auto engine = std::make_unique<Engine>();
    const std::string folder = tessdata.string();
    // The engine complains on standard error by itself; the one who sees our error needs no second voice.
    engine->SetVariable("debug_file", "/dev/null");
    if (engine->Init(folder.empty() ? nullptr : folder.c_str(), language, tesseract::OEM_LSTM_ONLY) != 0) {
        throw Error(ErrorKind::data,
                    std::string("Tesseract cannot load its language data '") + language + ".traineddata'" +
                        (folder.empty() ? "" : " from " + folder),
                    "Install the Debian packages tesseract-ocr-chi-sim and tesseract-ocr-eng, or point TESSDATA_PREFIX "
                    "to a folder that holds both files.");
    }
    engine->SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    engine->SetVariable("debug_file", "/dev/null");
    engine->SetVariable("tessedit_do_invert", "0"); // never white on black: saves a second pass on unsure lines
    return engine;
}

const char* whitelist(Script script) {
    switch (script) {
    case Script::digits: return "0123456789-";
    case Script::id_number: return "0123456789X";
    case Script::latin: return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._-+:/";
    case Script::chinese: break;
    }
    return "";
}

/// Half the weight lies on the weakest character: one wrong character makes the line wrong.
double line_confidence(const std::vector<Symbol>& symbols) {
    if (symbols.empty()) return 0;
    double least = 1;
    double log_sum = 0;
    for (const Symbol& symbol : symbols) {
        least = std::min(least, symbol.confidence);
        log_sum += std::log(std::max(symbol.confidence, 1e-3));
    }
    return 0.5 * least + 0.5 * std::exp(log_sum / static_cast<double>(symbols.size()));
}

std::vector<Symbol> take_symbols(Engine& engine) {
    std::vector<Symbol> symbols;
    const std::unique_ptr<tesseract::ResultIterator> at(engine.GetIterator());
    if (!at) return symbols;
    constexpr auto level = tesseract::RIL_SYMBOL;
    do {
        const std::unique_ptr<const char[]> text(at->GetUTF8Text(level));
        if (!text || text[0] == '\0') continue;
        Symbol symbol;
        symbol.text = text.get();
        symbol.confidence = std::clamp(static_cast<double>(at->Confidence(level)) / 100, 0.0, 1.0);
        int left = 0, top = 0, right = 0, bottom = 0;
        if (at->BoundingBox(level, &left, &top, &right, &bottom))
            symbol.box = cv::Rect(left, top, right - left, bottom - top);
        symbols.push_back(std::move(symbol));
    } while (at->Next(level));
    return symbols;
}

} // namespace

struct Tesseract::Engines {
    std::unique_ptr<Engine> chinese;
    std::unique_ptr<Engine> english;
    Script english_script = Script::chinese; ///< which whitelist the English engine has now; chinese: none yet
};

Tesseract::Tesseract(const std::filesystem::path& tessdata) : engines_(std::make_unique<Engines>()) {
    engines_->chinese = start_engine(tessdata, "chi_sim");
    engines_->english = start_engine(tessdata, "eng");
}

Tesseract::~Tesseract() = default;

std::string Tesseract::name() const {
    return std::string("tesseract-") + Engine::Version();
}

bool Tesseract::can_write(const std::string& character) const {
    return engines_->chinese->IsValidCharacter(character.c_str());
}

TextLine Tesseract::read(const cv::Mat& line, Script script) {
    TextLine result;
    if (line.empty()) return result;
    // A line is too small for its own threads: with them it takes five times as long. The setting belongs to the
    // calling thread.
    omp_set_max_active_levels(0);

    cv::Mat grey;
    if (line.channels() == 1)
        grey = line.isContinuous() ? line : line.clone();
    else
        cv::cvtColor(line, grey, cv::COLOR_BGR2GRAY);

    Engine& engine = script == Script::chinese ? *engines_->chinese : *engines_->english;
    if (script != Script::chinese && engines_->english_script != script) {
        engine.SetVariable("tessedit_char_whitelist", whitelist(script));
        engines_->english_script = script;
    }
    engine.SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
    engine.SetSourceResolution(300);
    if (engine.Recognize(nullptr) == 0) result.symbols = take_symbols(engine);
    if (result.symbols.empty()) {
        // Its search for the line throws lone characters (女) away as noise; taken as a line unseen, they are read.
        engine.SetPageSegMode(tesseract::PSM_RAW_LINE);
        engine.SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
        engine.SetSourceResolution(300);
        if (engine.Recognize(nullptr) == 0) result.symbols = take_symbols(engine);
        engine.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    }
    for (const Symbol& symbol : result.symbols) result.text += symbol.text;
    result.confidence = line_confidence(result.symbols);
    engine.Clear();
    return result;
}

} // namespace dengji::ocr
