#pragma once
#include "pipeline/intake/document.h"
#include "pipeline/reading/result.h"

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace dengji::app {

/// Reads one decoded page. Belongs to one worker thread.
using ReadPage = std::function<reading::PageResult(const intake::Page&)>;
/// Makes the reader of a worker thread; called once in each of them. What it throws ends the whole stream.
using MakeReadPage = std::function<ReadPage()>;

/// A file of the delivery of which not even one page can be read.
struct FileProblem {
    std::string message;
    std::string next_step;
};

/// Receives what comes out of the workers, in the order of the delivery, always in the thread that called stream_pages.
/// What it throws ends the stream and comes out of stream_pages.
class PageSink {
public:
    virtual ~PageSink() = default;
    /// `file` is the index into the delivery.
    virtual void page(std::size_t file, reading::PageResult&& result) = 0;
    virtual void problem(std::size_t file, FileProblem&& problem) = 0;
    /// Now and then. `total` counts files that are not open yet as one page each.
    virtual void progress(std::size_t /*done*/, std::size_t /*total*/) {}
};

struct StreamOptions {
    int jobs = 0; ///< worker threads; 0: one for each core
    intake::Limits limits;
    /// Asked often: true ends the stream as soon as the pages in flight are done.
    std::function<bool()> stop = [] { return false; };
    /// In the place of intake::open_document. `file` is the index into the delivery; called from the worker threads.
    std::function<std::unique_ptr<intake::Document>(std::size_t file)> open;
    /// Called after a file was opened, from the same thread: its pages that need no reading because they were read
    /// before.
    std::function<std::set<int>(std::size_t file, int page_count)> already_read;
};

/// Opens the files of a delivery, decodes and reads their pages in worker threads, and hands the results to `sink`.
/// Holds a bounded number of results however long the delivery is. A page that cannot be decoded or read comes out as a
/// failed result and a file that cannot be opened as a problem; neither stops the others. Errors of our own (a broken
/// definition, no space) do. False when it was stopped before the end.
bool stream_pages(const std::vector<intake::Delivered>& delivery, const StreamOptions& options,
                  const MakeReadPage& make_reader, PageSink& sink);

/// Worker threads for a wish of `jobs` (0: one for each core).
int worker_count(int jobs);

} // namespace dengji::app
