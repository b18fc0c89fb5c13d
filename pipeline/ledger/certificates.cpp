#include "pipeline/ledger/certificates.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/ledger/register_parts.h"

namespace dengji::ledger {
namespace {

/// Ends a transaction without a trace; never leaves issue().
struct NothingWritten {};

Refusal refusal(const char* why) {
    return {why, {}, {}};
}

} // namespace

Database& Certificates::database() {
    return register_.parts_->database;
}

std::optional<long long> Certificates::person_of(const std::string& registration) {
    const auto row = life_row(database(), registration);
    if (!row)
        throw Error(ErrorKind::input, "there is no registration of this number", "Look for it with 'dengji find'.");
    return row->person;
}

void Certificates::enter_range(const std::string& first, const std::string& last, const std::string& by) {
    lives_.together([&] { add_range(database(), first, last, book_.settings.papers.certificate_county, by); });
}

std::vector<NumberRange> Certificates::ranges() {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    return all_ranges(database());
}

void Certificates::void_number(const std::string& number, const std::string& why, const std::string& by) {
    lives_.together([&] { add_void_number(database(), number, why, by); });
}

Issue Certificates::issue(const std::string& registration, const std::string& by, Date on, bool replacement,
                          const std::function<bool(const Issue&)>& is_wanted) {
    Issue issue;
    try {
        lives_.together([&] {
            const auto held = held_by(registration);
            const bool asked_anew = [&] {
                const auto latest = database().text(
                    "e.outcome",
                    "from events e where e.subject = :id and e.effective_on is not null and e.action = "
                    "'certificate-apply' and e.id > coalesce((select max(i.id) from events i where i.subject = "
                    "e.subject and i.action = 'certificate-issue'), 0) and not exists (select 1 from events w where "
                    "w.subject = e.subject and w.action = 'withdraw' and w.outcome = cast(e.id as text)) "
                    "order by e.id desc limit 1",
                    {registration});
                return latest == "replacement";
            }();
            replacement = replacement || asked_anew;
            if (held && !replacement) {
                issue.number = held->number;
                if (is_wanted) is_wanted(issue);
                throw NothingWritten();
            }
            if (!held && replacement) {
                issue.refusal = refusal("这个人还没有就业创业证，不能补发或者换发");
                throw NothingWritten();
            }
            if (photo_of(registration).empty()) {
                issue.refusal = refusal("还没有可用的2寸照片，证书暂缓发放，登记不受影响");
                throw NothingWritten();
            }
            Act act;
            act.registration = registration;
            act.step = "certificate-issue";
            act.on = on;
            act.by = by;
            issue.number = held ? held->number : next_number(database(), static_cast<int>(on.year()));
            if (issue.number.empty()) {
                issue.refusal = refusal("本年度没有可用的证书编号，请先录入编号段（--enter-range）");
                throw NothingWritten();
            }
            act.particulars["number"] = issue.number;
            if (held) act.particulars["replacement"] = "yes";
            issue.refusal = lives_.take(act).refusal;
            if (issue.refusal) throw NothingWritten();
            issue.now = true;
            if (is_wanted && !is_wanted(issue)) {
                issue.now = false;
                throw NothingWritten();
            }
        });
    } catch (const NothingWritten&) {
        if (issue.refusal) issue.number.clear();
    }
    return issue;
}

std::optional<HeldCertificate> Certificates::held_by(const std::string& registration) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    const auto person = person_of(registration);
    if (!person) return std::nullopt;
    const auto number = number_held_by(database(), *person);
    return number ? with_number(*number) : std::nullopt;
}

std::optional<HeldCertificate> Certificates::with_number(const std::string& number) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    HeldCertificate held;
    held.number = number;
    Cursor row = database().select(
        {"e.subject", "e.effective_on", "l.office",
         "(select count(*) from events n where n.action = 'certificate-issue' and "
         "n.outcome = e.outcome and n.effective_on is not null)"},
        "from events e join lives l on l.registration_id = e.subject where e.action = 'certificate-issue' and "
        "e.outcome = :number and e.effective_on is not null order by e.id desc limit 1",
        {number});
    if (!row.next()) return std::nullopt;
    held.registration = row.text(0);
    held.issued_on = stored_day(row.text(1));
    held.office = row.text(2);
    held.booklet = static_cast<int>(row.number(3));
    return held;
}

} // namespace dengji::ledger
