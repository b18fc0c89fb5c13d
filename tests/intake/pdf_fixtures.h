#pragma once
#include "tests/intake/fixtures.h"

#include <string>
#include <vector>

namespace dengji::intake::test {

/// Writes PDF files by hand, object by object, so that every oddity can be put in.
class PdfWriter {
public:
    /// Adds an object and gives its number. Number 1 is the catalogue, 2 the page tree; both are made by finish().
    int add(const std::string& object);
    /// `dictionary` without brackets and without /Length.
    int add_stream(const std::string& dictionary, const Data& data);
    int add_stream(const std::string& dictionary, std::string_view data) {
        return add_stream(dictionary, bytes_of(data));
    }

    /// A page that draws `content`, with `entries` for its dictionary, e.g. "/Rotate 90".
    void add_page(const std::string& content, const std::string& resources, const std::string& entries = {},
                  const std::string& media_box = "[0 0 298 421]");
    /// A page of this image object over the whole page.
    void add_scan(int image, const std::string& entries = {});

    /// The file. `tree_entries` go into the page tree's dictionary; the pages counted are `count`, or as many as there
    /// are.
    Data finish(const std::string& tree_entries = {}, int count = -1) const;

private:
    std::vector<Data> objects_; ///< from number 3 on
    std::vector<int> pages_;
};

inline const std::string whole_page = "q 298 0 0 421 0 0 cm /Im0 Do Q";

std::string resources_of(int image);

/// An image object of a scan, dictionary entries besides Type, Width and Height.
int add_image(PdfWriter& pdf, const cv::Size& size, const std::string& entries, const Data& data);

/// One page, one image over all of it.
Data scan_pdf(const cv::Size& size, const std::string& image_entries, const Data& data,
              const std::string& page_entries = {});

Data deflate(const Data& plain);

} // namespace dengji::intake::test
