#include "pipeline/reading/card_text.h"

#include "pipeline/base/dates.h"
#include "pipeline/base/text.h"
#include "pipeline/reading/text_cleaning.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace dengji::reading {

namespace {

/// Characters between which a lost or broken label may stand from the left edge of the line: specks read as signs.
constexpr std::size_t label_reach = 2;

constexpr std::size_t longest_sex_line = 6; // without labels: 男 and the name of a people

std::u32string cleaned(const std::string& text) {
    return code_points(clean_chinese(text));
}

/// Where a label of two characters ends in the first characters of a line; both, or one of them beside another sign.
struct LabelAt {
    std::size_t end = 0;
    int hits = 0; ///< of its characters
};

LabelAt label_at(const std::u32string& line, std::u32string_view label) {
    LabelAt best;
    for (std::size_t from = 0; from <= label_reach && from < line.size(); ++from) {
        int hits = 0;
        for (std::size_t i = 0; i < label.size() && from + i < line.size(); ++i) hits += line[from + i] == label[i];
        if (hits > best.hits) best = {std::min(line.size(), from + label.size()), hits};
    }
    return best;
}

std::size_t position_of(const std::u32string& text, std::u32string_view any_of, std::size_t from = 0) {
    const std::size_t at = text.find_first_of(any_of, from);
    return at == std::u32string::npos ? text.size() : at;
}

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_number_character(char32_t c) {
    return is_digit(c) || c == U'X' || c == U'x';
}

int hits(const std::u32string& text, std::u32string_view of) {
    return static_cast<int>(
        std::count_if(of.begin(), of.end(), [&](char32_t c) { return text.find(c) != std::u32string::npos; }));
}

/// The numbers in a text, in their order.
std::vector<int> numbers_in(const std::u32string& text) {
    std::vector<int> numbers;
    bool inside = false;
    for (const char32_t c : text) {
        if (!is_digit(c)) {
            inside = false;
            continue;
        }
        if (!inside) numbers.push_back(0);
        inside = true;
        if (numbers.back() < 100000) numbers.back() = numbers.back() * 10 + static_cast<int>(c - U'0');
    }
    return numbers;
}

std::string date_in(const std::u32string& text) {
    const std::vector<int> numbers = numbers_in(text);
    if (numbers.size() != 3) return {};
    const auto date = make_date(numbers[0], numbers[1], numbers[2]);
    return date && numbers[0] >= 1900 ? format(*date) : std::string();
}

std::string digits_in(const std::u32string& text) {
    std::string digits;
    for (const char32_t c : text)
        if (is_digit(c)) digits.push_back(static_cast<char>(c));
    return digits;
}

/// Year, month and day without the words between them, which a copier has lost.
bool looks_like_bare_date(const std::u32string& text) {
    const std::size_t count = digits_in(text).size();
    return count >= 6 && count <= 8 && std::none_of(text.begin(), text.end(), is_chinese);
}

/// Sorts lines out one after the other.
class Sorter {
public:
    Sorter(const std::vector<CardLine>& lines, const Vocabulary& ethnicities)
        : lines_(lines), ethnicities_(ethnicities) {
        for (const CardLine& line : lines) texts_.push_back(cleaned(line.text));
    }

    CardText sort() {
        const std::size_t none = lines_.size();
        const std::size_t number = find_number();
        std::size_t sex = find(0, number, [](const std::u32string& t) {
            return hits(t, U"性别民族") >= 2 || (hits(t, U"性别民族") == 1 && hits(t, U"男女") == 1);
        });
        // A copier in black and white may lose all labels, which are pale, and keep the values.
        if (sex == none)
            sex = find(0, number, [](const std::u32string& t) {
                return !t.empty() && t.size() <= longest_sex_line && position_of(t, U"男女") == 0;
            });
        std::size_t birth = find(sex < none ? sex + 1 : 0, number, [](const std::u32string& t) {
            return hits(t, U"年月日") >= 2 && numbers_in(t).size() >= 2;
        });
        if (birth == none)
            birth = find(sex < none ? sex + 1 : 0, number,
                         [](const std::u32string& t) { return !date_in(t).empty() || looks_like_bare_date(t); });
        std::size_t name = find(0, std::min({sex, birth, number}),
                                [](const std::u32string& t) { return label_at(t, U"姓名").hits == 2; });
        // A line above the sex that has lost its label is the name all the same.
        if (name == none && sex != none && sex > 0) name = sex - 1;
        std::size_t address = find(0, number, [](const std::u32string& t) { return label_at(t, U"住址").hits == 2; });
        if (address == none && birth != none && birth + 1 < number) address = birth + 1;

        if (name < none) take_name(name);
        if (sex < none) take_sex(sex);
        if (birth < none) take_birth(birth);
        if (address < number) take_address(address, number);
        if (number < none) take_number(number);
        return result_;
    }

private:
    template <class Test>
    std::size_t find(std::size_t from, std::size_t to, Test test) const {
        for (std::size_t i = from; i < std::min(to, texts_.size()); ++i)
            if (test(texts_[i])) return i;
        return texts_.size();
    }

    std::size_t find_number() const {
        std::size_t best = texts_.size();
        long most = 11;
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            const long count = std::count_if(texts_[i].begin(), texts_[i].end(), is_number_character);
            if (count > most) best = i, most = count;
        }
        return best;
    }

    CardEntry entry(std::size_t line, std::u32string_view text) const {
        return {clean_chinese(utf8(text)), lines_[line].confidence, lines_[line].line, lines_[line].line + 1};
    }

    void take_name(std::size_t line) {
        const LabelAt label = label_at(texts_[line], U"姓名");
        result_.labels += label.hits == 2;
        // Where the label is lost, the value still begins behind its place.
        std::size_t from = label.hits > 0 ? label.end : 0;
        // The gap behind the label is now and then read as a dash; nobody is called 一.
        const std::u32string& text = texts_[line];
        while (from + 2 < text.size() && std::u32string_view(U"一-—－·").find(text[from]) != std::u32string_view::npos)
            ++from;
        result_.name = entry(line, std::u32string_view(text).substr(from));
    }

    void take_sex(std::size_t line) {
        const std::u32string& text = texts_[line];
        result_.labels += label_at(text, U"性别").hits == 2;
        const std::size_t label = text.find(U"民族");
        result_.labels += label != std::u32string::npos;
        const std::size_t sex = position_of(text, U"男女");
        if (sex < text.size()) result_.sex = entry(line, std::u32string_view(text).substr(sex, 1));
        std::size_t from = label != std::u32string::npos ? label + 2 : text.size();
        if (from == text.size() && sex < text.size()) {
            // One character of the label may be misread: what follows the other is the value.
            const std::size_t left = position_of(text, U"民", sex), right = position_of(text, U"族", sex);
            from = right < text.size() ? right + 1 : std::min(text.size(), left + 2);
        }
        if (from >= text.size()) return;
        result_.ethnicity = entry(line, std::u32string_view(text).substr(from));
        std::string& value = result_.ethnicity.text;
        if (value.empty()) return;
        const auto whole = [&](const std::string& word) { return word.ends_with("族") ? word : word + "族"; };
        if (ethnicities_.contains(whole(value))) value = whole(value);
    }

    void take_birth(std::size_t line) {
        const std::u32string& text = texts_[line];
        result_.labels += label_at(text, U"出生").hits == 2;
        result_.birth = entry(line, text);
        result_.birth.text = date_in(text);
        if (result_.birth.text.empty()) result_.birth_digits = digits_in(text);
    }

    void take_address(std::size_t line, std::size_t number) {
        const LabelAt label = label_at(texts_[line], U"住址");
        result_.labels += label.hits == 2;
        std::u32string text = texts_[line].substr(label.hits > 0 ? label.end : 0);
        double confidence = lines_[line].confidence;
        std::size_t next = line + 1;
        for (; next < number; ++next) {
            if (texts_[next].empty() || is_card_back(lines_[next].text)) break;
            text += texts_[next];
            confidence = std::min(confidence, lines_[next].confidence);
        }
        result_.address = entry(line, text);
        result_.address.confidence = confidence;
        result_.address.to = lines_[next - 1].line + 1;
    }

    void take_number(std::size_t line) {
        const std::u32string& text = texts_[line];
        std::size_t first = 0;
        for (std::size_t i = 0; i < text.size(); ++i)
            if (is_chinese(text[i])) first = i + 1;
        // Behind the label; a Chinese character inside the number is a digit misread.
        const std::u32string_view label = std::u32string_view(text).substr(0, first);
        result_.labels += hits(std::u32string(label), U"公民身份号码") >= 3;
        result_.number_of_another_paper = label.find(U'证') != std::u32string_view::npos;
        if (text.size() - first < 15) first = text.size() > 18 ? text.size() - 18 : 0;
        std::u32string number;
        for (std::size_t i = first; i < text.size(); ++i)
            if (is_number_character(text[i])) number.push_back(text[i] == U'x' ? U'X' : text[i]);
        result_.number = entry(line, number);
    }

    const std::vector<CardLine>& lines_;
    const Vocabulary& ethnicities_;
    std::vector<std::u32string> texts_;
    CardText result_;
};

} // namespace

CardText sort_out_card(const std::vector<CardLine>& lines, const Vocabulary& ethnicities) {
    return Sorter(lines, ethnicities).sort();
}

bool is_card_back(const std::string& text) {
    const std::u32string line = cleaned(text);
    return hits(line, U"签发机关") >= 3 || hits(line, U"有效期限") >= 3 || hits(line, U"居民身份证") >= 4 ||
           hits(line, U"中华人民共和国") >= 5;
}

} // namespace dengji::reading
