#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace dengji::ledger {

/// A file's identity.
struct Fingerprint {
    std::string sha256; ///< 64 lowercase hexadecimal digits
    std::uintmax_t bytes = 0;
    std::string extension; ///< from what the file holds, not from its name: ".pdf", ".tif", ".jpg", ".png", ".webp",
                           ///< else ".bin"
};

/// Reads a file through once. Throws Error(input) when it cannot be read.
Fingerprint fingerprint(const std::filesystem::path& file);

/// The folder where originals are kept unchanged, each once: originals/ab/abcdef….pdf. The name depends on the content
/// alone, so any number of processes may keep the same file at once.
class Originals {
public:
    /// Also removes what a killed run left half written and nobody has written to for ten minutes.
    explicit Originals(std::filesystem::path data_folder);

    /// Path below the data folder.
    std::filesystem::path place_of(const Fingerprint& fingerprint) const;
    /// Copies `file` to its place unless it is there already; on the disk when it returns. Throws Error(input) when the
    /// file cannot be read or changed since its fingerprint was taken, Error(space) when the copy cannot be written.
    void keep(const std::filesystem::path& file, const Fingerprint& fingerprint) const;

private:
    std::filesystem::path data_folder_;
};

} // namespace dengji::ledger
