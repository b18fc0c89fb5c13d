#include "pipeline/ledger/report_batches.h"

namespace dengji::ledger {

ReportBatch ReportBatches::fresh() {
    const std::lock_guard lock(mutex_);
    if (empty_.empty()) return {};
    ReportBatch batch = std::move(empty_.back());
    empty_.pop_back();
    batch.used = 0;
    return batch;
}

bool ReportBatches::put(ReportBatch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return full_.size() < most_ || error_; });
    if (error_) return false;
    full_.push_back(std::move(batch));
    changed_.notify_all();
    return true;
}

void ReportBatches::finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
}

std::optional<ReportBatch> ReportBatches::take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !full_.empty() || finished_ || error_; });
    if (error_ || full_.empty()) return std::nullopt;
    std::optional<ReportBatch> batch = std::move(full_.front());
    full_.pop_front();
    changed_.notify_all();
    return batch;
}

void ReportBatches::give_back(ReportBatch batch) {
    const std::lock_guard lock(mutex_);
    empty_.push_back(std::move(batch));
}

void ReportBatches::fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    changed_.notify_all();
}

void ReportBatches::rethrow() {
    const std::lock_guard lock(mutex_);
    if (error_) std::rethrow_exception(error_);
}

} // namespace dengji::ledger
