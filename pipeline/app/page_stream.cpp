#include "pipeline/app/page_stream.h"

#include "pipeline/app/page_worker.h"
#include "pipeline/base/error.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace dengji::app {
namespace {

enum class FileState { waiting, opening, opened, unusable };

struct StreamedFile {
    FileState state = FileState::waiting;
    std::shared_ptr<intake::Document> document; ///< let go when its last page was taken
    std::vector<int> pages;                     ///< that are to be read
    int page_count = 0;
    std::size_t taken = 0; ///< of `pages`
    FileProblem problem;
};

/// What a worker does next: open a file, or read a page of an open one.
struct Ticket {
    std::size_t file = 0;
    std::shared_ptr<intake::Document> document; ///< empty: open the file
    std::size_t index = 0;                      ///< into the file's pages
    int page = 0;
};

/// Place in the delivery: file, index into its pages.
using Position = std::pair<std::size_t, std::size_t>;

class Stream {
public:
    Stream(const std::vector<intake::Delivered>& delivery, const StreamOptions& options,
           const MakeReadPage& make_reader)
        : delivery_(delivery), options_(options), make_reader_(make_reader), files_(delivery.size()),
          workers_(worker_count(options.jobs)), window_(static_cast<std::size_t>(4 * workers_ + 4)) {
        if (!options_.open)
            options_.open = [this](std::size_t file) {
                return intake::open_document(delivery_[file].file, options_.limits);
            };
    }

    bool run(PageSink& sink) {
        std::vector<std::thread> threads;
        const auto finish = [&] {
            {
                std::lock_guard lock(mutex_);
                ending_ = true;
            }
            work_.notify_all();
            for (auto& thread : threads) thread.join();
            threads.clear();
        };
        try {
            for (int i = 0; i < workers_; ++i) threads.emplace_back([this] { work(); });
            consume(sink);
            finish();
            if (fatal_) std::rethrow_exception(fatal_);
            deliver_what_is_left(sink);
        } catch (...) {
            finish();
            throw;
        }
        return head_.first == files_.size();
    }

private:
    // ---- the consumer: the thread that called

    void consume(PageSink& sink) {
        std::unique_lock lock(mutex_);
        while (head_.first < files_.size() && !fatal_) {
            if (options_.stop()) return;
            if (!deliver_head(lock, sink)) results_.wait_for(lock, std::chrono::milliseconds(100));
            report(lock, sink);
        }
    }

    /// Hands over what stands at the head of the delivery; false when that is not ready yet.
    bool deliver_head(std::unique_lock<std::mutex>& lock, PageSink& sink) {
        auto& file = files_[head_.first];
        if (file.state == FileState::unusable) {
            unlocked(lock, [&] { sink.problem(head_.first, std::move(file.problem)); });
            next_file(1);
            return true;
        }
        if (file.state != FileState::opened) return false;
        if (head_.second == file.pages.size()) {
            next_file(0);
            return true;
        }
        const auto found = finished_.find(head_);
        if (found == finished_.end()) return false;
        auto result = std::move(found->second);
        finished_.erase(found);
        unlocked(lock, [&] { sink.page(head_.first, std::move(result)); });
        ++head_.second;
        ++done_;
        --outstanding_;
        work_.notify_all();
        return true;
    }

    void next_file(std::size_t done) {
        done_ += done;
        head_ = {head_.first + 1, 0};
        --outstanding_;
        work_.notify_all();
    }

    /// After a stop there may be gaps: pages that nobody took.
    void deliver_what_is_left(PageSink& sink) {
        for (auto& [position, result] : finished_) sink.page(position.first, std::move(result));
    }

    void report(std::unique_lock<std::mutex>& lock, PageSink& sink) {
        const std::size_t done = done_, total = opened_pages_ + (files_.size() - opened_files_);
        unlocked(lock, [&] { sink.progress(done, total); });
    }

    template <class Action>
    static void unlocked(std::unique_lock<std::mutex>& lock, Action action) {
        lock.unlock();
        action();
        lock.lock();
    }

    // ---- the workers

    void work() {
        ReadPage read;
        try {
            read = make_reader_();
        } catch (...) {
            fail(std::current_exception());
            return;
        }
        std::unique_lock lock(mutex_);
        while (true) {
            const auto ticket = take();
            if (!ticket) {
                if (nothing_left()) return;
                work_.wait(lock);
                continue;
            }
            lock.unlock();
            try {
                ticket->document ? read_page(read, *ticket) : open_file(ticket->file);
            } catch (...) {
                fail(std::current_exception());
                return;
            }
            lock.lock();
        }
    }

    bool nothing_left() const {
        if (ending_ || fatal_) return true;
        if (next_to_open_ < files_.size() || opening_ > 0) return false;
        for (std::size_t f = head_.first; f < files_.size(); ++f)
            if (files_[f].taken < files_[f].pages.size()) return false;
        return true;
    }

    /// The first thing in the order of the delivery that may be done now. The file at the head is measured for itself,
    /// so that what the consumer waits for can always be taken however much is finished behind it.
    std::optional<Ticket> take() {
        if (ending_ || fatal_ || options_.stop()) return std::nullopt;
        for (std::size_t f = head_.first; f < next_to_open_; ++f) {
            auto& file = files_[f];
            if (file.state != FileState::opened || file.taken == file.pages.size()) continue;
            const bool room = f == head_.first ? file.taken - head_.second < window_ : outstanding_ < window_;
            if (!room) return std::nullopt;
            Ticket ticket{f, file.document, file.taken, file.pages[file.taken]};
            if (++file.taken == file.pages.size()) file.document.reset();
            ++outstanding_;
            return ticket;
        }
        if (next_to_open_ == files_.size() || outstanding_ >= window_) return std::nullopt;
        Ticket ticket;
        ticket.file = next_to_open_++;
        files_[ticket.file].state = FileState::opening;
        ++outstanding_;
        ++opening_;
        return ticket;
    }

    void open_file(std::size_t index) {
        StreamedFile file;
        file.state = FileState::unusable;
        const auto& delivered = delivery_[index];
        if (!delivered.problem.empty()) {
            file.problem = {delivered.problem, delivered.next_step};
        } else {
            try {
                file.document = options_.open(index);
                file.page_count = file.document->page_count();
                std::set<int> known;
                if (options_.already_read) known = options_.already_read(index, file.page_count);
                for (int page = 1; page <= file.page_count; ++page)
                    if (!known.contains(page)) file.pages.push_back(page);
                if (file.pages.empty()) file.document.reset();
                file.state = FileState::opened;
            } catch (const std::exception& error) {
                if (!is_about_input(error)) throw;
                file.problem = problem_of(error);
            }
        }
        {
            std::lock_guard lock(mutex_);
            --opening_;
            ++opened_files_;
            opened_pages_ += file.state == FileState::opened ? static_cast<std::size_t>(file.page_count) : 1;
            done_ += static_cast<std::size_t>(file.page_count) -
                     std::min(file.pages.size(), static_cast<std::size_t>(file.page_count));
            files_[index] = std::move(file);
        }
        work_.notify_all();
        results_.notify_one();
    }

    void read_page(const ReadPage& read, const Ticket& ticket) {
        auto result = read_one_page(*ticket.document, delivery_[ticket.file].file.string(), ticket.page, read);
        // An interrupt reaches child processes too: what failed while stopping was not tried properly.
        const bool drop = result.failed && options_.stop();
        {
            std::lock_guard lock(mutex_);
            if (!drop) finished_.emplace(Position{ticket.file, ticket.index}, std::move(result));
        }
        results_.notify_one();
    }

    void fail(std::exception_ptr error) {
        {
            std::lock_guard lock(mutex_);
            if (!fatal_) fatal_ = std::move(error);
        }
        work_.notify_all();
        results_.notify_one();
    }

    const std::vector<intake::Delivered>& delivery_;
    StreamOptions options_;
    const MakeReadPage& make_reader_;

    std::mutex mutex_; ///< guards all below
    std::condition_variable work_, results_;
    std::vector<StreamedFile> files_;
    const int workers_;
    const std::size_t window_; ///< results and open files that may be ahead of the head
    Position head_{0, 0};      ///< what the consumer hands over next
    std::map<Position, reading::PageResult> finished_;
    std::size_t next_to_open_ = 0, opening_ = 0, outstanding_ = 0;
    std::size_t done_ = 0, opened_files_ = 0, opened_pages_ = 0;
    bool ending_ = false;
    std::exception_ptr fatal_;
};

} // namespace

bool stream_pages(const std::vector<intake::Delivered>& delivery, const StreamOptions& options,
                  const MakeReadPage& make_reader, PageSink& sink) {
    return Stream(delivery, options, make_reader).run(sink);
}

int worker_count(int jobs) {
    if (jobs > 0) return jobs;
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace dengji::app
