#pragma once
#include "pipeline/ledger/report_counter.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>

namespace dengji::ledger {

/// All registrations of some persons, those of each one after another.
struct ReportBatch {
    std::vector<ReportRow> rows;
    std::size_t used = 0; ///< the others keep their memory
};

/// Batches on their way from the thread that reads the database to those that count, a few at a time.
class ReportBatches {
public:
    explicit ReportBatches(std::size_t most) : most_(most) {}

    /// An empty batch, with the memory of one that was counted if there is one.
    ReportBatch fresh();
    /// Waits while there are many; false when counting has failed and no more is wanted.
    bool put(ReportBatch batch);
    void finish(); ///< no more will come
    /// Waits for one; nothing at the end.
    std::optional<ReportBatch> take();
    void give_back(ReportBatch batch);

    void fail(std::exception_ptr error); ///< the first one is kept
    /// Throws what a thread failed with.
    void rethrow();

private:
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<ReportBatch> full_;
    std::vector<ReportBatch> empty_;
    bool finished_ = false;
    std::exception_ptr error_;
};

} // namespace dengji::ledger
