#include "pipeline/app/papers.h"

#include "pipeline/reading/attachments.h"

#include <algorithm>
#include <map>

namespace dengji::app {
namespace {

using reading::PageResult;
using reading::Reading;

ledger::PageKey key_of(const reading::PageName& name) {
    return {name.source, name.page};
}

/// What one sheet gets.
struct Kept {
    std::vector<ledger::Paper> papers;
    std::vector<Reading> changed;
};

bool same(const Reading& a, const Reading& b) {
    return a.value == b.value && a.confidence == b.confidence && a.review == b.review && a.reasons == b.reasons &&
           a.alternatives == b.alternatives;
}

} // namespace

void attach_papers(ledger::Register& the_register, long long batch) {
    const std::vector<PageResult> recorded = the_register.pages_for_matching(batch, reading::keys_for_attachments());
    std::vector<PageResult> pages = recorded;
    reading::attach_papers(pages);

    std::map<ledger::PageKey, Kept> sheets;
    for (const PageResult& page : pages) {
        if (!page.attached_to) continue;
        sheets[key_of(*page.attached_to)].papers.push_back({{page.source, page.page}, page.paper, page.reasons});
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const PageResult& page = pages[i];
        if (!page.attached_to && page.reasons != recorded[i].reasons)
            the_register.record_papers(batch, std::nullopt, {{{page.source, page.page}, page.paper, page.reasons}}, {});
        const auto found = sheets.find({page.source, page.page});
        if (found == sheets.end()) continue;
        for (std::size_t r = 0; r < page.readings.size(); ++r)
            if (!same(page.readings[r], recorded[i].readings[r])) found->second.changed.push_back(page.readings[r]);
        the_register.record_papers(batch, found->first, found->second.papers, found->second.changed);
    }
}

} // namespace dengji::app
