#pragma once
#include "pipeline/reading/result.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dengji::reading {

/// How far from its sheet a paper is looked for, in pages of the delivery, blank ones and all.
inline constexpr std::size_t attachment_reach = 60;

/// Attaches the papers of a delivery to its sheets, and lets identity cards speak for what the sheets say. `pages` are
/// in the order of the delivery; sets attached_to, changes readings of sheets (card_evidence.h) and adds reasons.
///
/// - The copy of an identity card goes to the sheet that has its number and name, misread characters allowed for
///   (card_matching.h). What lies nearer counts only between sheets that fit equally well, and never alone: a card that
///   fits none stays unattached, with a reason (card-without-sheet).
/// - Other papers (letters, certificates; no blanks, nothing that failed) are kept with the sheet before them, or after
///   them at the front of a stack; of the same file as long as that has sheets.
///
/// What becomes of a page depends only on the pages at most twice attachment_reach away from it.
void attach_papers(std::vector<PageResult>& pages);

/// The readings that this looks at or changes: pages that have no others give the same.
const std::vector<std::string>& keys_for_attachments();

/// The same for a delivery that comes page by page and may be long: holds a page back until nothing that follows can
/// change it, and hands the pages on in their order.
class AttachmentStream {
public:
    using Use = std::function<void(PageResult&&)>;
    explicit AttachmentStream(Use use);
    ~AttachmentStream();
    AttachmentStream(const AttachmentStream&) = delete;
    AttachmentStream& operator=(const AttachmentStream&) = delete;

    void add(PageResult&& page);
    /// Nothing follows: hands on what was held back.
    void finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::reading
