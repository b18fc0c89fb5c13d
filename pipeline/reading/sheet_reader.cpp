#include "pipeline/reading/sheet_reader.h"

#include "pipeline/base/text.h"
#include "pipeline/layout/boxes.h"
#include "pipeline/reading/date_parts.h"
#include "pipeline/reading/seal_wiping.h"
#include "pipeline/reading/sheet_checks.h"

#include <algorithm>
#include <map>

namespace dengji::reading {

namespace {

const Reason unsure{"unsure", "识别把握不大，请核对", "the reading is not sure"};
const Reason unsure_place{"place-unsure", "填写位置不确定，请核对", "where this field stands is not sure"};
const Reason unsure_presence{"presence-unsure", "看不清是否填写，请核对", "cannot tell whether something is written"};
const Reason runs_on{"writing-runs-on", "字可能写到了后面的印刷字上，末尾可能不全，请核对",
                     "the writing seems to go on over the printed word behind it; its end may be missing"};
const Reason unreadable{"unreadable", "有字迹但无法识别，请填写", "something is written that cannot be read"};
const Reason not_found{"field-not-found", "表上没有找到这一栏，请查看原件", "this field was not found on the page"};
const Reason seal{"under-seal", "印章压住字迹，请核对", "a seal lies over the writing"};

constexpr double least_place_certainty = 0.5;
// A reading that is so sure settles whether anything is written, and where.
constexpr double settles_doubts = 0.95;

std::array<cv::Point2f, 4> page_box(const layout::Table& table, const cv::Rect2d& area) {
    const cv::Point2d corners[] = {area.tl(), {area.x + area.width, area.y}, area.br(), {area.x, area.y + area.height}};
    std::array<cv::Point2f, 4> box;
    for (std::size_t i = 0; i < box.size(); ++i) box[i] = cv::Point2f(table.to_page(corners[i]));
    return box;
}

void add_reason(Reasons& reasons, const Reason& reason) {
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
}

void add_reasons(Reasons& reasons, const Reasons& more) {
    for (const Reason& reason : more) add_reason(reasons, reason);
}

/// A field or a part of one, as layout saw it, and what was read there.
struct Part {
    const layout::PlacedField* place = nullptr;
    FieldText text;
    bool clear_of_seals = false; ///< a seal touches the field, but its ink could be taken out
};

/// The blanks that a date is written in, in the order year, month, day; as many as its content names.
std::vector<std::string> date_parts(const std::string& content) {
    if (content == "year-month") return {"year", "month"};
    return {"year", "month", "day"};
}

/// What can stand nowhere else on the sheet: it shows by itself that it was cut from the right place, and whole.
bool names_its_place(const FieldText& text, const std::string& content) {
    constexpr double begins_with_known_town = 0.5;
    if (content == "address") return text.familiar >= begins_with_known_town;
    const bool fits = text.evidence.support == Support::for_it || text.familiar >= 1;
    const bool has_own_shape = content.starts_with("place.") || content == "mobile" || content == "landline" ||
                               content == "email" || content == "id_number";
    return fits && has_own_shape;
}

/// Reads the fields of one laid-out sheet.
class SheetReader {
public:
    SheetReader(const cv::Mat& image, const layout::Sheet& sheet, FieldReader& fields, const Acceptance& acceptance)
        : image_(image), sheet_(sheet), fields_(fields), acceptance_(acceptance) {
        for (const layout::PlacedField& field : sheet.fields) places_[field.key] = &field;
        for (const layout::PlacedCell& cell : sheet.cells)
            if (cell.cell != nullptr && !cell.cell->key.empty()) cells_[cell.cell->key] = &cell;
        choices_ = layout::choose_options(sheet);
    }

    std::vector<Reading> read() {
        std::vector<Reading> readings;
        read_parts();
        for (const templates::Field& field : sheet_.form->fields)
            if (stands_on_this_page(field.key)) readings.push_back(reading_of(field));
        check_between_fields(readings, sheet_.form->fields);
        return readings;
    }

private:
    bool stands_on_this_page(const std::string& key) const {
        if (sheet_.form->pages.size() <= 1) return true;
        const auto belongs = [&](const auto& entry) {
            return entry.first == key || entry.first.starts_with(key + ".");
        };
        return std::any_of(places_.begin(), places_.end(), belongs) ||
               std::any_of(cells_.begin(), cells_.end(), belongs) || choices_.contains(key);
    }

    /// Everything that has to be read, before anything is judged: how sure the reader was of the whole sheet counts for
    /// each field.
    void read_parts() {
        for (const templates::Field& field : sheet_.form->fields) {
            if (field.kind == templates::FieldKind::date)
                for (const std::string& part : date_parts(field.content)) read_part(field.key + "." + part, part);
            else if (field.kind == templates::FieldKind::text || field.kind == templates::FieldKind::number)
                read_part(field.key, field.content);
        }
        judge_legibility();
        std::vector<FieldText*> fields, addresses;
        for (const templates::Field& field : sheet_.form->fields) {
            std::vector<std::string> keys{field.key};
            if (field.kind == templates::FieldKind::date) {
                keys.clear();
                for (const std::string& part : date_parts(field.content)) keys.push_back(field.key + "." + part);
            }
            for (const std::string& key : keys) {
                const auto found = parts_.find(key);
                if (found == parts_.end() || found->second.text.raw.empty()) continue;
                fields.push_back(&found->second.text);
                if (field.content == "address") addresses.push_back(&found->second.text);
            }
        }
        fields_.finish_sheet(fields, addresses);
    }

    /// Of what rests on the reader for print.
    void judge_legibility() {
        double sum = 0;
        int count = 0;
        for (const auto& [key, part] : parts_)
            if (!part.text.raw.empty() && !part.text.confidence) sum += part.text.evidence.recogniser, ++count;
        const double legibility = count > 0 ? sum / count : 0;
        for (auto& [key, part] : parts_) part.text.evidence.legibility = legibility;
    }

    void read_part(const std::string& key, const std::string& content) {
        const auto place = places_.find(key);
        if (place == places_.end()) return;
        Part& part = parts_[key];
        part.place = place->second;
        if (part.place->presence == layout::Presence::empty) return;
        const cv::Mat cut = layout::crop(image_, sheet_.table, part.place->area);
        if (cut.empty() || part.place->area.width <= 0) return;
        const double scale = cut.cols / part.place->area.width, em = sheet_.em * scale;
        if (part.place->under_seal) {
            const WipedField wiped = without_seals(cut, seals_over(*part.place, scale), sheet_.pens_below, em);
            part.clear_of_seals = wiped.clean;
            part.text = fields_.read(wiped.grey, em, content, hints(), style_);
        } else {
            part.text = fields_.read(cut, em, content, hints(), style_);
        }
    }

    /// `scale`: pixels of the field's picture for a table pixel.
    std::vector<SealDisc> seals_over(const layout::PlacedField& place, double scale) const {
        std::vector<SealDisc> discs;
        for (const layout::Seal& one : sheet_.seals)
            if (one.touches(place.area)) discs.push_back({(one.centre - place.area.tl()) * scale, one.radius * scale});
        return discs;
    }

    /// What was read before and helps with numbers.
    NumberHints hints() const {
        NumberHints hints;
        for (const templates::Field& field : sheet_.form->fields) {
            const auto found = parts_.find(field.key);
            if (found == parts_.end()) continue;
            const FieldText& text = found->second.text;
            if (!acceptance_.accepts(field.key, confidence_of(text))) continue;
            if (field.content == "sex" && (text.value == "男" || text.value == "女")) hints.male = text.value == "男";
            if (field.content == "id_number") hints.id_number = text.value;
        }
        return hints;
    }

    Reading reading_of(const templates::Field& field) {
        Reading reading;
        reading.key = field.key;
        switch (field.kind) {
        case templates::FieldKind::choice:
        case templates::FieldKind::choices: read_choice(field, reading); break;
        case templates::FieldKind::presence: read_presence(field, reading); break;
        case templates::FieldKind::date: read_date(field, reading); break;
        case templates::FieldKind::text:
        case templates::FieldKind::number: read_text(field, reading); break;
        }
        reading.review = !reading.reasons.empty() || !acceptance_.accepts(field.key, reading.confidence);
        if (reading.review && reading.reasons.empty()) reading.reasons.push_back(unsure);
        return reading;
    }

    void read_choice(const templates::Field& field, Reading& reading) {
        reading.recogniser = "layout";
        reading.value = std::vector<std::string>{};
        const auto cell = cells_.find(field.key);
        if (cell != cells_.end()) reading.box = page_box(sheet_.table, cell->second->rect);
        const auto choice = choices_.find(field.key);
        if (choice == choices_.end()) {
            reading.reasons.push_back(not_found);
            return;
        }
        reading.value = choice->second.options;
        reading.raw = joined(choice->second.options, "、");
        reading.confidence = choice->second.doubtful ? 0.5 : 0.99;
        reading.reasons = choice->second.reasons;
        if (choice->second.doubtful && reading.reasons.empty()) reading.reasons.push_back(unsure);
    }

    void read_presence(const templates::Field& field, Reading& reading) {
        reading.recogniser = "layout";
        reading.value = false;
        const auto place = places_.find(field.key);
        if (place == places_.end()) {
            reading.reasons.push_back(not_found);
            return;
        }
        const layout::PlacedField& found = *place->second;
        reading.box = page_box(sheet_.table, found.area);
        reading.value = found.presence == layout::Presence::written ||
                        (found.presence == layout::Presence::doubtful && found.ink_ems >= 0.45);
        reading.confidence = found.presence == layout::Presence::doubtful ? 0.5 : 0.98;
        reading.reasons = found.reasons;
        if (found.presence == layout::Presence::doubtful) add_reason(reading.reasons, unsure_presence);
        if (found.certainty < least_place_certainty) add_reason(reading.reasons, unsure_place);
    }

    /// What layout has to say about a place, for text.
    void judge_place(const Part& part, const std::string& content, Reading& reading) {
        const layout::PlacedField& place = *part.place;
        const bool surely_read =
            !part.text.value.empty() && part.text.reasons.empty() && confidence_of(part.text) >= settles_doubts;
        if (place.presence == layout::Presence::doubtful &&
            !(surely_read && (part.clear_of_seals || !place.under_seal))) {
            add_reason(reading.reasons, unsure_presence);
            add_reasons(reading.reasons, place.reasons);
        }
        if (place.certainty < least_place_certainty && !(surely_read && names_its_place(part.text, content)))
            add_reason(reading.reasons, unsure_place);
        if (place.runs_on && place.presence != layout::Presence::empty) add_reason(reading.reasons, runs_on);
        if (place.under_seal && !part.clear_of_seals && place.presence != layout::Presence::empty)
            add_reason(reading.reasons, seal);
    }

    void read_text(const templates::Field& field, Reading& reading) {
        reading.value = std::string();
        const auto found = parts_.find(field.key);
        if (found == parts_.end()) {
            reading.reasons.push_back(not_found);
            return;
        }
        const Part& part = found->second;
        reading.box = page_box(sheet_.table, part.place->area);
        const bool only_a_seal = part.clear_of_seals && part.text.opinions.empty();
        if (!only_a_seal) judge_place(part, field.content, reading);
        if (part.place->presence == layout::Presence::empty || only_a_seal) {
            reading.recogniser = "layout";
            reading.confidence = 0.99;
            return;
        }
        reading.raw = part.text.raw;
        reading.recogniser = part.text.recogniser;
        reading.alternatives = part.text.alternatives;
        reading.opinions = part.text.opinions;
        reading.confidence = confidence_of(part.text);
        reading.value = part.text.value;
        // A trace that may be nothing, and reads as nothing sure, is taken for nothing: shown, but marked.
        if (part.place->presence == layout::Presence::doubtful && reading.confidence < 0.7)
            reading.value = std::string();
        add_reasons(reading.reasons, part.text.reasons);
        if (part.place->presence == layout::Presence::written && part.text.value.empty())
            add_reason(reading.reasons, unreadable);
    }

    void read_date(const templates::Field& field, Reading& reading) {
        reading.value = std::string();
        reading.recogniser = "layout";
        std::vector<std::string> texts;
        bool any_written = false, all_found = true;
        cv::Rect2d area;
        reading.confidence = 1;
        for (const std::string& name : date_parts(field.content)) {
            const auto found = parts_.find(field.key + "." + name);
            if (found == parts_.end()) {
                all_found = false;
                continue;
            }
            const Part& part = found->second;
            area = area.empty() ? part.place->area : (area | part.place->area);
            judge_place(part, name, reading);
            texts.push_back(part.text.value);
            if (part.place->presence == layout::Presence::empty) continue;
            any_written = true;
            reading.recogniser = part.text.recogniser.empty() ? reading.recogniser : part.text.recogniser;
            reading.raw += (reading.raw.empty() ? "" : " ") + part.text.raw;
            reading.opinions.insert(reading.opinions.end(), part.text.opinions.begin(), part.text.opinions.end());
            reading.confidence *= confidence_of(part.text); // all of its parts must be right
        }
        reading.confidence = std::min(reading.confidence, 0.99);
        reading.box = page_box(sheet_.table, area);
        if (!all_found) {
            reading.confidence = 0;
            add_reason(reading.reasons, not_found);
            return;
        }
        if (!any_written) return;
        const Verdict verdict = field.content == "year-month" ? compose_month(texts[0], texts[1])
                                                              : compose_date(texts[0], texts[1], texts[2]);
        reading.value = verdict.value;
        add_reasons(reading.reasons, verdict.reasons);
        if (verdict.support == Support::against) reading.confidence = std::min(reading.confidence * 0.5, 0.5);
    }

    const cv::Mat& image_;
    const layout::Sheet& sheet_;
    FieldReader& fields_;
    const Acceptance& acceptance_;
    std::map<std::string, const layout::PlacedField*> places_;
    std::map<std::string, const layout::PlacedCell*> cells_;
    std::map<std::string, layout::GroupChoice> choices_;
    std::map<std::string, Part> parts_;
    WritingStyle style_;
};

} // namespace

std::vector<Reading> read_sheet(const cv::Mat& image, const layout::Sheet& sheet, FieldReader& fields,
                                const Acceptance& acceptance) {
    return SheetReader(image, sheet, fields, acceptance).read();
}

} // namespace dengji::reading
