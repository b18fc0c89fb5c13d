#pragma once
#include "pipeline/ledger/reviews.h"
#include "templates/form.h"

#include <map>
#include <mutex>

namespace dengji::review {

/// Registrations of one value of one field, among those that wait for a decision.
struct ValueGroup {
    std::string key, value; ///< value: of a list, one option; "" when empty; "*" for all dates
    long long count = 0, doubtful = 0;
};

/// Fields whose crops are worth a screen of their own: the same few values again and again, and dates.
std::vector<std::string> grouped_keys(const templates::Form& form);

/// How many sheets have which value. Goes through the register once; from then on only through what changed since.
class GroupCounts {
public:
    explicit GroupCounts(const templates::Form& form);

    /// In the order of the form.
    std::vector<ValueGroup> up_to_date(ledger::Reviews& reviews);

private:
    using Name = std::pair<std::size_t, std::string>; ///< place of the key, value
    void count(const ledger::GroupedSheet& sheet, int step);

    std::vector<std::string> keys_;
    std::map<std::string, std::size_t> places_;
    std::set<std::string> dates_;
    std::mutex mutex_;
    long long last_event_ = 0;
    std::map<std::string, ledger::GroupedSheet> sheets_;
    std::map<Name, ValueGroup> groups_;
};

} // namespace dengji::review
