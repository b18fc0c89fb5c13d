#include "pipeline/review/pictures.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/intake/upright.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::review {
namespace {

constexpr std::size_t most_page_bytes = 256u << 20, most_jpeg_bytes = 64u << 20;
constexpr int quality = 82;
constexpr std::size_t most_expected = 3; // pages
constexpr std::size_t most_idle_tasks = 400;

std::string name_of(const ledger::ReviewPage& page) {
    return page.sha256 + ":" + std::to_string(page.page) + ":" + std::to_string(page.orientation);
}

std::string as_jpeg(const cv::Mat& picture) {
    std::vector<unsigned char> bytes;
    if (!cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality}))
        throw Error(ErrorKind::internal, "a picture could not be made");
    std::string text(bytes.size(), char{});
    std::copy(bytes.begin(), bytes.end(), text.begin());
    return text;
}

cv::Rect area_of(const std::array<cv::Point2d, 4>& box, int margin, cv::Size page) {
    double left = box[0].x, right = left, top = box[0].y, bottom = top;
    for (const auto& corner : box) {
        left = std::min(left, corner.x);
        right = std::max(right, corner.x);
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    const cv::Point first(static_cast<int>(left) - margin, static_cast<int>(top) - margin);
    const cv::Point last(static_cast<int>(right) + margin + 1, static_cast<int>(bottom) + margin + 1);
    return cv::Rect(first, last) & cv::Rect({}, page);
}

} // namespace

Pictures::Pictures(intake::Limits limits) : limits_(limits), worker_([this] { work(); }) {}

Pictures::~Pictures() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    worker_.join();
}

Pictures::Shared Pictures::kept_page(const std::string& name) {
    const std::lock_guard lock(mutex_);
    for (auto entry = pages_.begin(); entry != pages_.end(); ++entry) {
        if (entry->first != name) continue;
        pages_.splice(pages_.begin(), pages_, entry);
        return pages_.front().second;
    }
    return nullptr;
}

Pictures::Shared Pictures::upright_page(const ledger::ReviewPage& page) {
    const auto name = name_of(page);
    if (auto kept = kept_page(name)) return kept;
    const std::lock_guard one_decodes(decoding_[std::hash<std::string>{}(name) % std::size(decoding_)]);
    if (auto kept = kept_page(name)) return kept;
    const auto document = intake::open_document(page.original, limits_);
    const auto delivered = document->page(page.page).image;
    auto made =
        std::make_shared<const Upright>(Upright{intake::turned_upright(delivered, page.orientation), delivered.size()});
    const std::lock_guard lock(mutex_);
    page_bytes_ += made->image.total() * made->image.elemSize();
    pages_.emplace_front(name, made);
    while (pages_.size() > 1 && page_bytes_ > most_page_bytes) {
        const auto& last = pages_.back().second->image;
        page_bytes_ -= last.total() * last.elemSize();
        pages_.pop_back();
    }
    return made;
}

std::string Pictures::kept_picture(const std::string& name, const std::function<std::string()>& make) {
    {
        const std::lock_guard lock(mutex_);
        for (auto entry = jpegs_.begin(); entry != jpegs_.end(); ++entry) {
            if (entry->first != name) continue;
            jpegs_.splice(jpegs_.begin(), jpegs_, entry);
            return jpegs_.front().second;
        }
    }
    auto made = make();
    const std::lock_guard lock(mutex_);
    jpeg_bytes_ += made.size();
    jpegs_.emplace_front(name, made);
    while (jpegs_.size() > 1 && jpeg_bytes_ > most_jpeg_bytes) {
        jpeg_bytes_ -= jpegs_.back().second.size();
        jpegs_.pop_back();
    }
    return made;
}

cv::Size Pictures::upright_size(const ledger::ReviewPage& page) {
    return upright_page(page)->image.size();
}

std::string Pictures::whole(const ledger::ReviewPage& page, int shrink) {
    return kept_picture(joined({name_of(page), std::to_string(shrink)}, "/"), [&] {
        const auto upright = upright_page(page);
        if (shrink <= 1) return as_jpeg(upright->image);
        cv::Mat small;
        cv::resize(upright->image, small, {}, 1.0 / shrink, 1.0 / shrink, cv::INTER_AREA);
        return as_jpeg(small);
    });
}

std::array<cv::Point2d, 4> Pictures::upright(const ledger::ReviewPage& page, const std::array<cv::Point2f, 4>& box) {
    const auto delivered = upright_page(page)->delivered;
    std::array<cv::Point2d, 4> placed;
    for (std::size_t i = 0; i < box.size(); ++i)
        placed[i] = intake::upright_place({static_cast<double>(box[i].x), static_cast<double>(box[i].y)}, delivered,
                                          page.orientation);
    return placed;
}

std::string Pictures::crop(const ledger::ReviewPage& page, const std::array<cv::Point2f, 4>& box, int margin) {
    std::vector<std::string> parts = {name_of(page), std::to_string(margin)};
    for (const auto& corner : box) {
        parts.push_back(std::to_string(static_cast<int>(corner.x)));
        parts.push_back(std::to_string(static_cast<int>(corner.y)));
    }
    const auto name = joined(parts, "/");
    return kept_picture(name, [&] {
        const auto page_upright = upright_page(page);
        const auto area = area_of(upright(page, box), margin, page_upright->image.size());
        if (area.empty())
            throw Error(ErrorKind::input, "the place of this field lies outside its page", "Look at the whole page.");
        return as_jpeg(page_upright->image(area));
    });
}

void Pictures::expect(ledger::ReviewPage page, std::vector<std::array<cv::Point2f, 4>> boxes, int margin) {
    {
        const std::lock_guard lock(mutex_);
        if (wanted_.size() >= most_expected) wanted_.erase(wanted_.begin());
        wanted_.push_back({std::move(page), std::move(boxes), margin});
    }
    wake_.notify_one();
}

void Pictures::when_idle(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (idle_tasks_.size() >= most_idle_tasks) idle_tasks_.pop_front();
        idle_tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void Pictures::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [&] { return stop_ || !wanted_.empty() || !idle_tasks_.empty(); });
        if (stop_) return;
        std::function<void()> task;
        if (!wanted_.empty()) {
            task = [this, next = std::move(wanted_.front())] {
                for (const auto& box : next.boxes) crop(next.page, box, next.margin);
                whole(next.page, 2);
            };
            wanted_.erase(wanted_.begin());
        } else {
            task = std::move(idle_tasks_.front());
            idle_tasks_.pop_front();
        }
        lock.unlock();
        try {
            task();
        } catch (const Error&) {
            // Whoever asks for it is told then.
        } catch (const cv::Exception&) {
        }
        lock.lock();
    }
}

} // namespace dengji::review
