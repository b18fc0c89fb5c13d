#include "pipeline/base/files.h"

#include "pipeline/base/error.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace dengji {
namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

[[noreturn]] void fail_to_read(const fs::path& file, int error) {
    throw Error(ErrorKind::input, file.string() + " cannot be read: " + reason_of(error),
                error == ENOENT ? "Check the name." : "Check that it is a file and that you may read it.");
}

[[noreturn]] void fail_to_write(const fs::path& file, int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw Error(ErrorKind::space, file.string() + " cannot be written: " + reason_of(error),
                full ? "Free some space on this disk and start again; what is done is kept."
                     : "Check that the folder exists and that you may write there, or choose another place.");
}

class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const noexcept { return number_; }

private:
    int number_;
};

void flush_folder_of(const fs::path& file) {
    // The new name itself must reach the disk too; where a file system cannot do that, the file is still whole.
    const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() >= 0) ::fsync(opened.get());
}

} // namespace

void read_in_pieces(const fs::path& file, const std::function<void(std::string_view)>& take) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (opened.get() < 0) fail_to_read(file, errno);
    std::vector<char> buffer(1u << 16);
    for (;;) {
        const auto count = ::read(opened.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail_to_read(file, errno);
        if (count == 0) return;
        take({buffer.data(), static_cast<std::size_t>(count)});
    }
}

std::string read_file(const fs::path& file, std::uintmax_t limit) {
    std::string content;
    read_in_pieces(file, [&](std::string_view piece) {
        if (content.size() + piece.size() > limit) {
            throw Error(ErrorKind::input, file.string() + " is larger than " + std::to_string(limit) + " bytes",
                        "Check that it is the file that was meant.");
        }
        content += piece;
    });
    return content;
}

AtomicFile::AtomicFile(const fs::path& target) : AtomicFile(target, target.parent_path(), 0666) {}

AtomicFile::AtomicFile(fs::path target, const fs::path& waiting, unsigned mode) : target_(std::move(target)) {
    // Not mkstemp: that would leave the finished file to its owner alone, whatever the umask says.
    static std::atomic<unsigned> count{0};
    const auto own = ".part-" + std::to_string(::getpid()) + "-";
    do {
        temporary_ = (waiting / target_.filename()).string() + own + std::to_string(count++);
        descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) fail_to_write(target_, errno);
}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail_to_write(target_, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void AtomicFile::commit() {
    if (::fsync(descriptor_) != 0) fail_to_write(target_, errno);
    if (::close(std::exchange(descriptor_, -1)) != 0) fail_to_write(target_, errno);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail_to_write(target_, errno);
    temporary_.clear();
    flush_folder_of(target_);
}

void write_file(const fs::path& target, std::string_view bytes) {
    AtomicFile file(target);
    file.write(bytes);
    file.commit();
}

void write_copy(const fs::path& source, const fs::path& target) {
    AtomicFile file(target);
    read_in_pieces(source, [&](std::string_view piece) { file.write(piece); });
    file.commit();
}

void make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed && !fs::is_directory(folder, failed)) failed = std::make_error_code(std::errc::not_a_directory);
    if (failed) fail_to_write(folder, failed.value());
}

TempFolder::TempFolder(std::string_view purpose) {
    const char* place = std::getenv("TMPDIR");
    auto name = (fs::path(place != nullptr && *place != '\0' ? place : "/tmp") / "dengji-").string();
    name.append(purpose).append("-XXXXXX");
    if (::mkdtemp(name.data()) == nullptr) fail_to_write(name, errno);
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

} // namespace dengji
