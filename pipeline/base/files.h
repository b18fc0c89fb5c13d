#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace dengji {

/// Hands the file's bytes on, piece by piece. Throws Error(input) when it cannot be read (a folder cannot).
void read_in_pieces(const std::filesystem::path& file, const std::function<void(std::string_view)>& take);
/// A whole file. Throws Error(input) when it cannot be read or is larger than `limit` bytes.
std::string read_file(const std::filesystem::path& file, std::uintmax_t limit = 1u << 30);

/// A file that appears whole or not at all: written beside its place under another name, flushed to the disk, then
/// renamed. A file that stood there is replaced. Folders above it must exist. Without commit() nothing is left behind.
/// All members throw Error(space) when the place is full or cannot be written.
class AtomicFile {
public:
    explicit AtomicFile(const std::filesystem::path& target);
    /// The other name lies in `waiting`, a folder of the same file system; the finished file has the rights of `mode`,
    /// less those of the umask.
    AtomicFile(std::filesystem::path target, const std::filesystem::path& waiting, unsigned mode);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::string_view bytes);
    void commit();

private:
    std::filesystem::path target_, temporary_;
    int descriptor_ = -1;
};

void write_file(const std::filesystem::path& target, std::string_view bytes);
/// Error(input) when `source` cannot be read, Error(space) when `target` cannot be written.
void write_copy(const std::filesystem::path& source, const std::filesystem::path& target);
/// Makes a folder and those above it. Throws Error(space).
void make_folder(const std::filesystem::path& folder);

/// A new folder of one's own for scratch files, readable by nobody else; goes away with all that is in it.
class TempFolder {
public:
    /// Under $TMPDIR, or /tmp. `purpose` becomes part of its name.
    explicit TempFolder(std::string_view purpose = "work");
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace dengji
