#pragma once
#include "pipeline/intake/bytes.h"
#include "pipeline/intake/document.h"

#include <memory>
#include <string>

#include <tiffio.h>

namespace dengji::intake {

/// What libtiff said while it worked on one file. It decodes on after most faults and mentions them only in warnings.
struct TiffMessages {
    std::string error;      ///< the first error, empty when none
    bool truncated = false; ///< data ended before the picture did
    bool loops = false;     ///< the list of directories leads back to itself
    bool corrupt = false;   ///< data that made no sense
    unsigned bad_rows = 0;  ///< fax rows with faults, as a bad telephone line makes them
};

/// A TIFF open for reading, from a file or from memory, with its own messages and a bound on what it may allocate.
class TiffFile {
public:
    /// Opens without reading a directory. Throws Error(input) when this is no TIFF.
    TiffFile(const std::filesystem::path& file, const Limits& limits);
    /// `bytes` must outlive this.
    TiffFile(Bytes bytes, const Limits& limits);
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    TIFF* get() const { return handle_.get(); }
    TiffMessages& messages() { return *messages_; }

private:
    struct Close {
        void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
    };
    struct Memory {
        Bytes bytes;
        std::size_t at = 0;
    };

    void check_opened();

    std::unique_ptr<TiffMessages> messages_ = std::make_unique<TiffMessages>();
    std::unique_ptr<Memory> memory_;
    std::unique_ptr<TIFF, Close> handle_;
};

} // namespace dengji::intake
