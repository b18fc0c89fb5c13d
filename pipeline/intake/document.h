#pragma once
#include "pipeline/intake/page.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace dengji::intake {

/// What intake refuses to go beyond; a setting.
struct Limits {
    double megapixels = 100; ///< a page
    int pages = 2000;        ///< a file
    std::uintmax_t file_bytes = 4ull << 30;
    int render_seconds = 60; ///< a page that has to be rendered by the child process
};

/// A delivered file, opened. Pages are decoded one at a time when asked for. page() may be called from several threads.
class Document {
public:
    virtual ~Document() = default;
    /// Number of pages, known from the headers; at least 1. When a damaged file announces pages that cannot be found,
    /// one page more than was found: page() throws for it and says what is missing, so that no page is lost in silence.
    virtual int page_count() const = 0;
    /// Decodes page `number` (1-based). Throws Error(input) when this page cannot be used; other pages may still be
    /// good.
    virtual Page page(int number) = 0;
};

/// Opens a file by what it holds, whatever its name says. Headers are read before pixels.
/// Throws Error(input) with what is wrong (empty, not an image or PDF, encrypted, damaged, too large) and what to do.
std::unique_ptr<Document> open_document(const std::filesystem::path& file, const Limits& limits = {});

/// One file of a delivery, or one that can't even be looked at.
struct Delivered {
    std::filesystem::path file;
    std::string problem; ///< empty, or why this file or folder cannot be read
    std::string next_step;
};

/// All files of a delivery: files as given, folders recursively and in natural order of names (page2 before page10),
/// hidden and system files (.DS_Store, Thumbs.db, desktop.ini) left out. Never throws for what it finds.
std::vector<Delivered> list_delivery(const std::vector<std::filesystem::path>& paths);

} // namespace dengji::intake
