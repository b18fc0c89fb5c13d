#pragma once
#include "pipeline/intake/document.h"
#include "pipeline/ledger/reviews.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace dengji::review {

/// Pages and crops of them as JPEG, upright. Keeps the pages that were decoded last and the pictures that were made
/// last; a thread of its own makes ready what will be asked for next. Thread-safe. Functions throw Error(input) when
/// the kept file is gone or can't be decoded.
class Pictures {
public:
    explicit Pictures(intake::Limits limits);
    ~Pictures();

    cv::Size upright_size(const ledger::ReviewPage& page);
    /// `shrink`: 1, 2 or 4.
    std::string whole(const ledger::ReviewPage& page, int shrink);
    /// The field that stands in `box` (of the page as delivered) with so many pixels around it.
    std::string crop(const ledger::ReviewPage& page, const std::array<cv::Point2f, 4>& box, int margin);
    /// The box on the upright page.
    std::array<cv::Point2d, 4> upright(const ledger::ReviewPage& page, const std::array<cv::Point2f, 4>& box);

    /// Makes ready soon; what was asked for before and not begun is dropped.
    void expect(ledger::ReviewPage page, std::vector<std::array<cv::Point2f, 4>> boxes, int margin);
    /// Does this on the same thread when nothing else is expected: what somebody may ask for in a while. An Error means
    /// that it can't be had.
    void when_idle(std::function<void()> task);

private:
    struct Upright {
        cv::Mat image;
        cv::Size delivered;
    };
    using Shared = std::shared_ptr<const Upright>;
    struct Wanted {
        ledger::ReviewPage page;
        std::vector<std::array<cv::Point2f, 4>> boxes;
        int margin = 0;
    };

    Shared upright_page(const ledger::ReviewPage& page);
    Shared kept_page(const std::string& name);
    std::string kept_picture(const std::string& name, const std::function<std::string()>& make);
    void work();

    const intake::Limits limits_;
    std::mutex mutex_;
    std::list<std::pair<std::string, Shared>> pages_; ///< used last first
    std::size_t page_bytes_ = 0;
    std::list<std::pair<std::string, std::string>> jpegs_;
    std::size_t jpeg_bytes_ = 0;
    std::mutex decoding_[4]; ///< the same page is not decoded twice at once

    std::condition_variable wake_;
    std::vector<Wanted> wanted_;
    std::deque<std::function<void()>> idle_tasks_;
    bool stop_ = false;
    std::thread worker_;
};

} // namespace dengji::review
