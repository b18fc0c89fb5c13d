#pragma once
#include "pipeline/layout/sheet.h"
#include "pipeline/reading/acceptance.h"
#include "pipeline/reading/result.h"
#include "templates/form.h"

#include <memory>
#include <vector>

namespace dengji::reading {

/// The one way of a page: layout, then the recognisers, then the checks between fields. One for each worker thread.
class PageReader {
public:
    /// `forms` must outlive the reader. Throws Error(data) when a recogniser's data files are missing.
    explicit PageReader(const std::vector<templates::Form>& forms, Acceptance acceptance = {});
    ~PageReader();
    PageReader(const PageReader&) = delete;
    PageReader& operator=(const PageReader&) = delete;

    /// False when the second reader's model is not installed: then print only is read well.
    bool has_second_reader() const;

    /// Never throws for what is on the page. `seen`, when given, receives the layout (for debug pictures).
    PageResult read(const intake::Page& page, layout::Sheet* seen = nullptr);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::reading
