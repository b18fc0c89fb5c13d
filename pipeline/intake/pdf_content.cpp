#include "pipeline/intake/pdf_content.h"
#include "pipeline/intake/qpdf_headers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <vector>

namespace dengji::intake {
namespace {

constexpr std::size_t deepest_state = 64;
constexpr int invisible_text = 3;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

PdfBox united(const PdfBox& a, const PdfBox& b) {
    return {std::min(a.left, b.left), std::min(a.bottom, b.bottom), std::max(a.right, b.right), std::max(a.top, b.top)};
}

/// Runs a content stream as far as needed to know what is visible.
class Interpreter {
public:
    explicit Interpreter(const PdfBox& visible) : visible_(visible) {}

    void number(double value) { numbers_.push_back(value); }
    void name(const std::string& value) { names_.push_back(value); }

    /// False when the page is not a single object.
    bool run(std::string_view op) {
        const bool goes_on = execute(op);
        numbers_.clear();
        names_.clear();
        return goes_on;
    }

    std::optional<PlacedObject> result() const { return object_; }

private:
    struct State {
        PdfMatrix matrix;
        int text_mode = 0;
    };

    bool execute(std::string_view op) {
        if (op == "q") {
            if (stack_.size() >= deepest_state) return false;
            stack_.push_back(state_);
        } else if (op == "Q") {
            if (stack_.empty()) return true;
            state_ = stack_.back();
            stack_.pop_back();
        } else if (op == "cm") {
            if (numbers_.size() != 6) return false;
            const PdfMatrix change{numbers_[0], numbers_[1], numbers_[2], numbers_[3], numbers_[4], numbers_[5]};
            state_.matrix = concatenate(change, state_.matrix);
        } else if (op == "Do") {
            if (object_ || names_.empty()) return false;
            object_ = PlacedObject{names_.back(), state_.matrix, states_used_};
        } else if (op == "gs") {
            if (!names_.empty()) states_used_.insert(names_.back());
        } else if (op == "Tr") {
            if (numbers_.size() != 1) return false;
            state_.text_mode = static_cast<int>(std::clamp(numbers_[0], 0.0, 99.0));
        } else if (is_one_of(op, {"Tj", "TJ", "'", "\""})) {
            return state_.text_mode == invisible_text;
        } else if (op == "BDC") {
            return names_.empty() || names_.front() != "/OC";
        } else {
            return draw(op);
        }
        return true;
    }

    bool draw(std::string_view op) {
        if (op == "re") {
            if (numbers_.size() != 4) return false;
            const PdfMatrix place{numbers_[2], 0, 0, numbers_[3], numbers_[0], numbers_[1]};
            const PdfBox box = bounds(concatenate(place, state_.matrix));
            path_ = path_ ? united(*path_, box) : box;
            ++rectangles_;
        } else if (is_one_of(op, {"m", "l", "c", "v", "y"})) {
            curves_ = true;
        } else if (op == "W" || op == "W*") {
            clips_ = true;
        } else if (is_one_of(op, {"n", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*"})) {
            // Under the picture anything may lie; over it, it would be seen.
            const bool hidden = op == "n" || !object_;
            return end_path() && hidden;
        } else if (op == "sh" || op == "BI" || op == "ID" || op == "EI") {
            return false;
        }
        return true; // colours, line widths, marked content: they show nothing
    }

    /// False when the path was a clip that cuts away part of the page.
    bool end_path() {
        const bool harmless = !clips_ || (path_ && rectangles_ == 1 && !curves_ && covers(*path_, visible_));
        path_.reset();
        rectangles_ = 0;
        curves_ = false;
        clips_ = false;
        return harmless;
    }

    PdfBox visible_;
    State state_;
    std::vector<State> stack_;
    std::vector<double> numbers_;
    std::vector<std::string> names_;
    std::optional<PlacedObject> object_;
    std::set<std::string> states_used_;
    std::optional<PdfBox> path_;
    int rectangles_ = 0;
    bool curves_ = false;
    bool clips_ = false;
};

std::optional<double> parse_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
    return value;
}

} // namespace

bool covers(const PdfBox& inner, const PdfBox& outer) {
    constexpr double nearly_all = 0.95;
    const double across = std::min(inner.right, outer.right) - std::max(inner.left, outer.left);
    const double along = std::min(inner.top, outer.top) - std::max(inner.bottom, outer.bottom);
    return across >= nearly_all * outer.width() && along >= nearly_all * outer.height();
}

PdfMatrix concatenate(const PdfMatrix& m, const PdfMatrix& n) {
    return {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
            m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

PdfBox bounds(const PdfMatrix& m) {
    return {m.e + std::min({0.0, m.a, m.c, m.a + m.c}), m.f + std::min({0.0, m.b, m.d, m.b + m.d}),
            m.e + std::max({0.0, m.a, m.c, m.a + m.c}), m.f + std::max({0.0, m.b, m.d, m.b + m.d})};
}

std::optional<PlacedObject> find_only_object(const std::string& content, const PdfBox& visible) {
    const auto source = std::make_shared<BufferInputSource>("content", content);
    QPDFTokenizer tokenizer;
    tokenizer.allowEOF();
    Interpreter interpreter(visible);
    for (;;) {
        const auto token = tokenizer.readToken(source, "content", true);
        switch (token.getType()) {
        case QPDFTokenizer::tt_eof: return interpreter.result();
        case QPDFTokenizer::tt_bad: return std::nullopt;
        case QPDFTokenizer::tt_integer:
        case QPDFTokenizer::tt_real: {
            const auto value = parse_number(token.getValue());
            if (!value) return std::nullopt;
            interpreter.number(*value);
            break;
        }
        case QPDFTokenizer::tt_name: interpreter.name(token.getValue()); break;
        case QPDFTokenizer::tt_word:
            if (!interpreter.run(token.getValue())) return std::nullopt;
            break;
        default: break; // strings, arrays and dictionaries: operands that matter to nothing here
        }
    }
}

} // namespace dengji::intake
