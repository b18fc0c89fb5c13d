#include "pipeline/app/scoring.h"

#include "pipeline/app/edit_distance.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <set>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace dengji::app {
namespace {

icu::UnicodeString compatible(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto raw = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    return U_SUCCESS(status) ? nfkc->normalize(raw, status) : raw;
}

void drop_suffix(std::u32string& text, char32_t suffix) {
    if (!text.empty() && text.back() == suffix) text.pop_back();
}

bool is_place(std::string_view key) {
    return key.ends_with(".province") || key.ends_with(".county") || key.ends_with(".city");
}

std::string shown(const TrueValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* options = std::get_if<std::vector<std::string>>(&value)) return joined(*options, "、");
    return std::get<bool>(value) ? "written" : "";
}

/// A missing reading is an empty value; a value of the wrong sort counts as what it would mean.
std::string text_of(const reading::Reading* reading) {
    return reading ? shown(reading->value) : std::string();
}

std::vector<std::string> options_of(const reading::Reading* reading) {
    if (!reading) return {};
    if (const auto* options = std::get_if<std::vector<std::string>>(&reading->value)) {
        auto sorted = *options;
        std::sort(sorted.begin(), sorted.end());
        return sorted;
    }
    const auto text = text_of(reading);
    return text.empty() ? std::vector<std::string>{} : std::vector{text};
}

void count(Share& share, long long right, long long all) {
    share.right += right;
    share.all += all;
}

class Scorer {
public:
    Scorer(const std::vector<templates::Form>& forms, std::string by) : by_(std::move(by)) {
        for (const auto& form : forms)
            for (const auto& field : form.fields)
                option_count_[field.key] = static_cast<long long>(field.options.size());
    }

    void page(const TruePage& truth, const reading::PageResult* result) {
        std::vector<Tally*> tallies{&scores.all};
        if (!by_.empty() && by_ != "field") {
            const auto trait = truth.traits.find(by_);
            tallies.push_back(&scores.groups[by_ + "=" + (trait == truth.traits.end() ? "-" : trait->second)]);
        }
        const bool kind_right = result && !result->failed && result->kind == truth.kind;
        for (auto* tally : tallies) tally->pages.count(kind_right);
        if (truth.values.empty()) return;

        bool all_right = true, any_review = false;
        for (const auto& [key, want] : truth.values) {
            const auto* reading = find(result, key);
            const bool review = reading ? reading->review : !result || result->kind != truth.kind;
            auto of_field = tallies;
            if (by_ == "field") of_field.push_back(&scores.groups["field=" + key]);
            const bool right = field(key, want, reading, of_field);
            for (auto* tally : of_field) {
                count(tally->review, review, 1);
                count(tally->silent, !right && !review, 1);
            }
            all_right = all_right && right;
            any_review = any_review || review;
            if (reading && std::holds_alternative<std::string>(want)) count_reliability(*reading, right);
            if (!right) {
                WrongField wrong{truth.source, truth.page, key, shown(want), text_of(reading), !review, {}, {}};
                if (reading) {
                    wrong.file = result->source;
                    wrong.reading = *reading;
                }
                scores.wrong.push_back(std::move(wrong));
            }
        }
        for (auto* tally : tallies) {
            tally->sheets.count(all_right);
            tally->through.count(all_right && !any_review);
        }
    }

    Scores scores;

private:
    /// Emptiness is judged by layout, not read.
    void count_reliability(const reading::Reading& reading, bool right) {
        if (text_of(&reading).empty()) return;
        for (ReliabilityBin& bin : scores.reliability) {
            if (reading.confidence < bin.from || reading.confidence >= bin.to) continue;
            bin.right.count(right);
            bin.confidence += reading.confidence;
        }
    }

    static const reading::Reading* find(const reading::PageResult* result, const std::string& key) {
        if (!result) return nullptr;
        for (const auto& reading : result->readings)
            if (reading.key == key) return &reading;
        return nullptr;
    }

    bool field(const std::string& key, const TrueValue& want, const reading::Reading* reading,
               const std::vector<Tally*>& tallies) const {
        if (const auto* options = std::get_if<std::vector<std::string>>(&want))
            return choice(key, *options, reading, tallies);
        if (const auto* there = std::get_if<bool>(&want)) {
            const bool right = !text_of(reading).empty() == *there;
            for (auto* tally : tallies) (*there ? tally->filled : tally->empty).count(right);
            return right;
        }
        const auto expected = as_scored(key, std::get<std::string>(want)), got = as_scored(key, text_of(reading));
        const bool right = expected == got;
        const auto length = static_cast<long long>(expected.size());
        const auto off = std::min(static_cast<long long>(edit_distance(expected, got)), length);
        for (auto* tally : tallies) {
            (expected.empty() ? tally->empty : tally->filled).count(right);
            if (!expected.empty()) count(tally->chars, length - off, length);
        }
        return right;
    }

    bool choice(const std::string& key, const std::vector<std::string>& want, const reading::Reading* reading,
                const std::vector<Tally*>& tallies) const {
        const auto got = options_of(reading);
        const std::set<std::string> chosen(got.begin(), got.end()), expected(want.begin(), want.end());
        std::vector<std::string> differing;
        std::set_symmetric_difference(chosen.begin(), chosen.end(), expected.begin(), expected.end(),
                                      std::back_inserter(differing));
        const auto found = option_count_.find(key);
        const long long boxes = found == option_count_.end() ? 0 : found->second;
        for (auto* tally : tallies) {
            tally->choices.count(got == want);
            count(tally->boxes, boxes - static_cast<long long>(differing.size()), boxes);
        }
        return got == want;
    }

    std::string by_;
    std::map<std::string, long long> option_count_;
};

void add(Tally& sum, const Tally& more) {
    for (auto share : {&Tally::pages, &Tally::filled, &Tally::empty, &Tally::chars, &Tally::choices, &Tally::boxes,
                       &Tally::review, &Tally::silent, &Tally::sheets, &Tally::through})
        count(sum.*share, (more.*share).right, (more.*share).all);
}

std::string table_line(const std::string& name, const Tally& tally) {
    char cell[80];
    std::snprintf(cell, sizeof cell, "%-34s", name.c_str());
    std::string line = cell;
    for (const auto share : {&Tally::pages, &Tally::filled, &Tally::empty, &Tally::chars, &Tally::choices,
                             &Tally::boxes, &Tally::review, &Tally::silent, &Tally::sheets, &Tally::through}) {
        if ((tally.*share).all)
            std::snprintf(cell, sizeof cell, " %7.2f", 100 * (tally.*share).value());
        else
            std::snprintf(cell, sizeof cell, " %7s", "-");
        line += cell;
    }
    std::snprintf(cell, sizeof cell, " %6lld\n", tally.sheets.all ? tally.sheets.all : tally.review.all);
    return line + cell;
}

} // namespace

std::u32string as_scored(std::string_view key, std::string_view text) {
    auto unicode = compatible(text);
    if (key == "id_number" || key == "category_id_number") unicode.toUpper(icu::Locale::getRoot());
    std::u32string plain;
    for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 character = unicode.char32At(i);
        if (!u_isUWhiteSpace(character)) plain += static_cast<char32_t>(character);
    }
    if (key == "ethnicity") drop_suffix(plain, U'族');
    if (is_place(key))
        for (const char32_t suffix : {U'市', U'区', U'县', U'省'}) drop_suffix(plain, suffix);
    if (key == "id_type" && plain == U"身份证") plain = U"居民身份证";
    return plain;
}

Scores score(const std::vector<TruePage>& truth, const std::vector<reading::PageResult>& results,
             const std::vector<templates::Form>& forms, const std::string& by) {
    std::map<std::pair<std::string, int>, const reading::PageResult*> pages;
    for (const auto& result : results)
        pages[{std::filesystem::path(result.source).filename().string(), result.page}] = &result;
    Scorer scorer(forms, by);
    for (const auto& page : truth) {
        const auto found = pages.find({page.source, page.page});
        scorer.page(page, found == pages.end() ? nullptr : found->second);
    }
    return std::move(scorer.scores);
}

void add(Scores& sum, const Scores& more) {
    add(sum.all, more.all);
    for (const auto& [name, tally] : more.groups) add(sum.groups[name], tally);
    sum.wrong.insert(sum.wrong.end(), more.wrong.begin(), more.wrong.end());
    for (std::size_t i = 0; i < sum.reliability.size(); ++i) {
        count(sum.reliability[i].right, more.reliability[i].right.right, more.reliability[i].right.all);
        sum.reliability[i].confidence += more.reliability[i].confidence;
    }
}

std::vector<ReliabilityBin> reliability_bins() {
    std::vector<ReliabilityBin> bins;
    constexpr std::array edges = {0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 1.01};
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) bins.push_back({edges[i], edges[i + 1], {}, 0});
    return bins;
}

std::string reliability_table(const Scores& scores) {
    char line[120];
    std::snprintf(line, sizeof line, "%-24s %10s %10s %7s\n", "confidence of texts", "mean", "right", "fields");
    std::string text = line;
    for (const ReliabilityBin& bin : scores.reliability) {
        if (bin.right.all == 0) continue;
        char range[32];
        std::snprintf(range, sizeof range, "%.3f to %.3f", bin.from, std::min(1.0, bin.to));
        std::snprintf(line, sizeof line, "%-24s %10.4f %10.4f %7lld\n", range,
                      bin.confidence / static_cast<double>(bin.right.all), bin.right.value(), bin.right.all);
        text += line;
    }
    return text;
}

std::string score_table(const Scores& scores) {
    char header[160];
    std::snprintf(header, sizeof header, "%-34s %7s %7s %7s %7s %7s %7s %7s %7s %7s %7s %6s\n", "right, % of", "pages",
                  "filled", "empty", "chars", "choices", "boxes", "review", "silent", "sheets", "through", "n");
    auto text = header + table_line("all", scores.all);
    for (const auto& [name, tally] : scores.groups) text += table_line(name, tally);
    return text;
}

} // namespace dengji::app
