#pragma once
#include <atomic>
#include <string_view>

namespace dengji::app {

/// Standard output, checked.
class Output {
public:
    /// Writes `text` and a line break and hands it on at once. False when nobody reads any more (a closed pipe): there
    /// is no point in going on, and nothing to complain of. Throws Error(space) when it cannot be written.
    bool line(std::string_view text);
    /// Likewise, as it is.
    bool write(std::string_view text);
    /// Has the reader gone away? May be asked from any thread.
    bool closed() const { return closed_; }

private:
    std::atomic<bool> closed_ = false;
};

} // namespace dengji::app
