#pragma once
#include "pipeline/intake/qpdf_headers.h"

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace dengji::intake {

/// Collects what qpdf decodes, up to a bound: a few kilobytes of Flate can otherwise become gigabytes.
class BoundedPipeline : public Pipeline {
public:
    explicit BoundedPipeline(std::size_t most) : Pipeline("bounded", nullptr), most_(most) {}

    void write(const unsigned char* data, std::size_t length) override {
        if (length > most_ - bytes_.size()) {
            overflowed_ = true;
            throw std::runtime_error("more data than expected");
        }
        bytes_.insert(bytes_.end(), data, data + length);
    }
    void finish() override {}

    /// More came than was allowed; qpdf itself keeps the exception to itself.
    bool overflowed() const { return overflowed_; }
    std::vector<std::uint8_t> take() { return std::move(bytes_); }

private:
    std::size_t most_;
    bool overflowed_ = false;
    std::vector<std::uint8_t> bytes_;
};

} // namespace dengji::intake
