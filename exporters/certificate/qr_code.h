#pragma once
#include <string>
#include <vector>

namespace dengji::certificate {

/// A QR code of a short text (capital letters, digits and hyphens are packed tightest), as squares.
class QrCode {
public:
    /// A quarter of it may be soiled and it is still read (level Q). Throws Error(internal) for what is too long.
    explicit QrCode(const std::string& text);

    int size() const { return size_; } ///< squares on a side
    bool dark(int row, int column) const;

private:
    int size_ = 0;
    std::vector<bool> dark_;
};

} // namespace dengji::certificate
