#include "pipeline/reading/attachments.h"

#include "pipeline/reading/card_evidence.h"
#include "pipeline/reading/card_matching.h"
#include "pipeline/reading/id_card.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace dengji::reading {

namespace {

const Reason without_sheet{"card-without-sheet", "这叠材料中没有与此身份证复印件对应的登记表，请核对",
                           "no sheet of this delivery belongs to this copy of an identity card"};

enum class Role { sheet, card, paper, none };

/// What is remembered of a page for the sake of its neighbours.
struct Facts {
    Role role = Role::none;
    PageName name;
    Identity identity;             ///< of a sheet or card
    std::vector<Reading> readings; ///< of a card
    bool decided = false;
    std::optional<std::size_t> sheet; ///< number of the page in the delivery that a card or paper belongs to
};

Role role_of(const PageResult& page) {
    if (page.failed) return Role::none;
    if (!page.form.empty()) return Role::sheet;
    if (page.kind != "other") return Role::none;
    return page.paper == id_card_paper && !page.readings.empty() ? Role::card : Role::paper;
}

Facts facts_of(const PageResult& page) {
    Facts facts;
    facts.role = role_of(page);
    facts.name = {page.source, page.page};
    if (facts.role == Role::sheet) facts.identity = identity_of_sheet(page.readings);
    if (facts.role != Role::card) return facts;
    facts.identity = identity_of_card(page.readings);
    facts.readings = page.readings;
    return facts;
}

const Reading* find(const std::vector<Reading>& readings, const std::string& key) {
    const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.key == key; });
    return found == readings.end() ? nullptr : &*found;
}

void weigh(std::vector<Reading>& sheet, const std::vector<Reading>& card) {
    for (Reading& reading : sheet) {
        if (reading.key != "name" && reading.key != "sex" && reading.key != "ethnicity" && reading.key != "id_number")
            continue;
        if (const Reading* its = find(card, "card." + reading.key)) weigh_card(reading, *its);
    }
    if (const Reading* address = find(card, "card.address")) weigh_card_address(sheet, *address);
}

} // namespace

struct AttachmentStream::Parts {
    explicit Parts(Use use_page) : use(std::move(use_page)) {}

    Facts& at(std::size_t page) { return facts[page - first]; }
    std::size_t end() const { return first + facts.size(); }
    std::size_t from(std::size_t page) const {
        return std::max(first, page > attachment_reach ? page - attachment_reach : 0);
    }
    std::size_t to(std::size_t page) const { return std::min(end(), page + attachment_reach + 1); }

    std::optional<std::size_t> sheet_of(std::size_t page) {
        Facts& paper = at(page);
        if (paper.decided) return paper.sheet;
        paper.sheet = paper.role == Role::card ? sheet_of_card(page) : sheet_of_paper(page);
        paper.decided = true;
        return paper.sheet;
    }

    std::optional<std::size_t> sheet_of_card(std::size_t card) {
        std::vector<std::pair<std::size_t, double>> fitting;
        double best = least_fit;
        for (std::size_t i = from(card); i < to(card); ++i) {
            if (at(i).role != Role::sheet) continue;
            const double points = fit(at(i).identity, at(card).identity);
            if (points < least_fit) continue;
            fitting.emplace_back(i, points);
            best = std::max(best, points);
        }
        // Sheets come in their order, so that the one before the card wins where two are equally far away.
        std::optional<std::size_t> nearest;
        const auto distance = [&](std::size_t i) { return i < card ? card - i : i - card; };
        for (const auto& [i, points] : fitting)
            if (points >= best - equal_fit && (!nearest || distance(i) < distance(*nearest))) nearest = i;
        return nearest;
    }

    std::optional<std::size_t> sheet_of_paper(std::size_t paper) {
        const auto nearest = [&](bool same_file) -> std::optional<std::size_t> {
            const auto fits = [&](std::size_t i) {
                return at(i).role == Role::sheet && (!same_file || at(i).name.source == at(paper).name.source);
            };
            for (std::size_t i = paper; i-- > from(paper);)
                if (fits(i)) return i;
            for (std::size_t i = paper + 1; i < to(paper); ++i)
                if (fits(i)) return i;
            return std::nullopt;
        };
        const auto here = nearest(true);
        return here ? here : nearest(false);
    }

    /// Hands on the page that has waited longest.
    void settle() {
        const std::size_t page = end() - waiting.size();
        PageResult result = std::move(waiting.front());
        waiting.pop_front();
        const Role role = at(page).role;
        std::erase(result.reasons, without_sheet); // of an earlier look at a recorded page
        if (role == Role::sheet) {
            for (std::size_t i = from(page); i < to(page); ++i)
                if (at(i).role == Role::card && sheet_of(i) == page) weigh(result.readings, at(i).readings);
        } else if (role == Role::card || role == Role::paper) {
            if (const auto sheet = sheet_of(page))
                result.attached_to = at(*sheet).name;
            else if (role == Role::card)
                result.reasons.push_back(without_sheet);
        }
        use(std::move(result));
        while (page - first >= 2 * attachment_reach) {
            facts.pop_front();
            ++first;
        }
    }

    Use use;
    std::deque<Facts> facts; ///< of the pages that wait, and of those before them that they may look at
    std::size_t first = 0;   ///< number of the first of them in the delivery
    std::deque<PageResult> waiting;
};

AttachmentStream::AttachmentStream(Use use) : parts_(std::make_unique<Parts>(std::move(use))) {}

AttachmentStream::~AttachmentStream() = default;

void AttachmentStream::add(PageResult&& page) {
    parts_->facts.push_back(facts_of(page));
    parts_->waiting.push_back(std::move(page));
    if (parts_->waiting.size() > 2 * attachment_reach) parts_->settle();
}

void AttachmentStream::finish() {
    while (!parts_->waiting.empty()) parts_->settle();
}

const std::vector<std::string>& keys_for_attachments() {
    static const std::vector<std::string> keys = {"name",
                                                  "sex",
                                                  "ethnicity",
                                                  "id_number",
                                                  "hukou_address.province",
                                                  "hukou_address.city",
                                                  "hukou_address.county",
                                                  "hukou_address.detail",
                                                  "card.name",
                                                  "card.sex",
                                                  "card.ethnicity",
                                                  "card.birth_date",
                                                  "card.address",
                                                  "card.id_number"};
    return keys;
}

void attach_papers(std::vector<PageResult>& pages) {
    std::vector<PageResult> attached;
    attached.reserve(pages.size());
    AttachmentStream stream([&](PageResult&& page) { attached.push_back(std::move(page)); });
    for (PageResult& page : pages) stream.add(std::move(page));
    stream.finish();
    pages = std::move(attached);
}

} // namespace dengji::reading
