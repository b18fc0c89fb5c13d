#include "pipeline/reading/printed_digit_matcher.h"

#include "pipeline/layout/glyphs.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

constexpr int digit_height = 26; // of the digits' ink, in pictures and line alike
constexpr int slack = 2;         // pixels that a character may be off its cell
constexpr int pad = 12;          // paper above and below the line
constexpr int line_left = 18;    // paper before and behind it
constexpr int trial_characters = 5;
constexpr std::size_t full_readings = 4;
constexpr double softness = 1.2; // blur that makes strokes out of broken strokes
constexpr double widest_pitch_difference = 0.12;
constexpr char all_characters[] = "0123456789X-";

cv::Mat softened(const cv::Mat& darkness) {
    cv::Mat soft;
    cv::GaussianBlur(darkness, soft, {}, softness);
    return soft;
}

/// A picture as one row with mean 0 and length 1, so that a dot product is a correlation.
cv::Mat normalised(const cv::Mat& picture) {
    cv::Mat row;
    picture.convertTo(row, CV_32F);
    row = row.reshape(1, 1).clone();
    row -= cv::mean(row)[0];
    const double length = cv::norm(row);
    if (length > 1) row /= length;
    return row;
}

} // namespace

const std::vector<PrintedDigitMatcher::Font>& PrintedDigitMatcher::fonts() {
    if (!fonts_.empty()) return fonts_;
    for (int number = 0; number < layout::font_count(); ++number) {
        const auto trial = layout::draw_word("8", number, 40);
        if (!trial) continue;
        const double em = 40.0 * digit_height / std::max(1, trial->darkness.rows - 2);
        const auto one = layout::draw_word("8", number, em), two = layout::draw_word("88", number, em);
        if (!one || !two) continue;
        Font font;
        font.advance = two->darkness.cols - one->darkness.cols;
        font.eight = one->darkness.cols - 2;
        // Between two eights a character stands where its font puts it; the middle cell is cut out with that place.
        for (const char* c = all_characters; *c != '\0'; ++c) {
            const auto word = layout::draw_word(std::string("8") + *c + "8", number, em);
            if (!word) continue;
            const int from = static_cast<int>(std::lround(1 + (font.advance + font.eight) / 2));
            const int width = static_cast<int>(std::lround(font.advance));
            if (from + width > word->darkness.cols) continue;
            const cv::Mat cell = softened(word->darkness.colRange(from, from + width));
            if (font.pictures.empty()) font.cell = cell.size();
            if (cell.size() != font.cell) continue;
            font.pictures.push_back(normalised(cell));
            font.characters.push_back(*c);
        }
        fonts_.push_back(std::move(font));
    }
    return fonts_;
}

DigitMatch PrintedDigitMatcher::read_cells(const cv::Mat& line, const Font& font, const std::string& alphabet,
                                           int count, double pitch, double start) {
    DigitMatch match;
    match.margin = 1;
    double drift = 0;
    for (int i = 0; i < count; ++i) {
        const int left = static_cast<int>(std::lround(start + i * pitch + drift - font.cell.width / 2.0));
        const int top = pad + (digit_height - font.cell.height) / 2;
        const cv::Rect reach(left - slack, top - slack, font.cell.width + 2 * slack, font.cell.height + 2 * slack);
        if ((reach & cv::Rect(0, 0, line.cols, line.rows)) != reach) return {};
        cv::Mat places;
        for (int dy = -slack; dy <= slack; ++dy)
            for (int dx = -slack; dx <= slack; ++dx)
                places.push_back(normalised(line(cv::Rect({left + dx, top + dy}, font.cell))));
        const cv::Mat likeness = font.pictures * places.t(); // a row for each character, a column for each place

        double best = -1, second = -1;
        char best_character = '?';
        int best_shift = 0;
        for (int c = 0; c < likeness.rows; ++c) {
            const char character = font.characters[static_cast<std::size_t>(c)];
            if (alphabet.find(character) == std::string::npos) continue;
            double score = 0;
            cv::Point at;
            cv::minMaxLoc(likeness.row(c), nullptr, &score, nullptr, &at);
            if (score > best) {
                second = best;
                best = score;
                best_character = character;
                best_shift = at.x % (2 * slack + 1) - slack;
            } else {
                second = std::max(second, score);
            }
        }
        match.text.push_back(best_character);
        match.score += std::max(0.0, best) / count;
        match.margin = std::min(match.margin, best - second);
        drift = std::clamp(drift + 0.3 * best_shift, -0.3 * pitch, 0.3 * pitch);
    }
    return match;
}

std::optional<DigitMatch> PrintedDigitMatcher::match(const cv::Mat& flat, const cv::Rect& extent,
                                                     const std::string& alphabet, int least, int most) {
    if (extent.width < 3 || extent.height < 6) return std::nullopt;
    cv::Mat line = 255 - flat(extent);
    const double scale = static_cast<double>(digit_height) / extent.height;
    const int width = std::max(2, static_cast<int>(std::lround(extent.width * scale)));
    cv::resize(line, line, cv::Size(width, digit_height), 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::copyMakeBorder(line, line, pad, pad, line_left, line_left, cv::BORDER_CONSTANT, cv::Scalar(0));
    line = softened(line);

    // The first few characters tell which fonts and lengths are worth a full reading.
    struct Trial {
        const Font* font = nullptr;
        int count = 0;
        double pitch = 0, score = 0;
    };
    const auto start_of = [&](const Font& font, int count, double wider) {
        return line_left + (count > 1 ? font.eight * (1 - wider) / 2 : width / 2.0);
    };
    std::vector<Trial> trials;
    for (const Font& font : fonts()) {
        for (int count = least; count <= most; ++count) {
            // A first or last 1 is narrower than an 8, hence the tolerance.
            const double pitch = count > 1 ? (width - font.eight) / (count - 1) : font.advance;
            if (count > 1 && std::abs(pitch / font.advance - 1) > widest_pitch_difference + 0.25 / (count - 1))
                continue;
            if (count == 1 && width > 1.3 * font.advance) continue;
            const int tried = std::min(count, trial_characters);
            const DigitMatch match = read_cells(line, font, alphabet, tried, pitch, start_of(font, count, 0));
            trials.push_back({&font, count, pitch, match.score});
        }
    }
    std::sort(trials.begin(), trials.end(), [](const Trial& a, const Trial& b) { return a.score > b.score; });
    trials.resize(std::min(full_readings, trials.size()));

    std::optional<DigitMatch> best;
    for (const Trial& trial : trials) {
        for (const double wider : {0.0, 0.15, -0.15}) {
            const double spread = trial.count > 1 ? wider * trial.font->eight / (trial.count - 1) : 0;
            DigitMatch match = read_cells(line, *trial.font, alphabet, trial.count, trial.pitch + spread,
                                          start_of(*trial.font, trial.count, wider));
            if (!best || match.score > best->score) best = std::move(match);
            if (trial.count == 1) break;
        }
    }
    if (best && best->text.empty()) return std::nullopt;
    return best;
}

} // namespace dengji::reading
