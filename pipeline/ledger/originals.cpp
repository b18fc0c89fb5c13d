#include "pipeline/ledger/originals.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"

#include <chrono>
#include <string_view>
#include <system_error>

namespace dengji::ledger {
namespace fs = std::filesystem;
namespace {

constexpr auto folder_name = "originals";
constexpr auto incoming_name = "incoming";
constexpr std::size_t head_size = 1024;

std::string extension_of(std::string_view head) {
    // A PDF may begin with a little rubbish, as its readers allow.
    if (head.find("%PDF-") != std::string_view::npos) return ".pdf";
    for (const auto magic : {std::string_view("II*\0", 4), std::string_view("MM\0*", 4), std::string_view("II+\0", 4),
                             std::string_view("MM\0+", 4)})
        if (head.starts_with(magic)) return ".tif";
    if (head.starts_with("\xff\xd8\xff")) return ".jpg";
    if (head.starts_with("\x89PNG\r\n\x1a\n")) return ".png";
    if (head.starts_with("RIFF") && head.substr(0, 12).ends_with("WEBP")) return ".webp";
    return ".bin";
}

} // namespace

Fingerprint fingerprint(const fs::path& file) {
    // Asked first: opening a pipe would wait for ever.
    std::error_code error;
    const auto status = fs::status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw Error(ErrorKind::input, file.string() + " is not a file but a folder, pipe or device", "Deliver a file.");

    Fingerprint result;
    Sha256 hash;
    std::string head;
    read_in_pieces(file, [&](std::string_view piece) {
        if (head.size() < head_size) head += piece.substr(0, head_size - head.size());
        hash.add(piece);
        result.bytes += piece.size();
    });
    result.sha256 = hash.hex();
    result.extension = extension_of(head);
    return result;
}

Originals::Originals(fs::path data_folder) : data_folder_(std::move(data_folder)) {
    // A copy that is under way is written to all the time.
    const auto dead = fs::file_time_type::clock::now() - std::chrono::minutes(10);
    std::error_code error;
    for (fs::directory_iterator entry(data_folder_ / folder_name / incoming_name, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const auto last_write = entry->last_write_time(ignored);
        if (!ignored && last_write < dead) fs::remove(entry->path(), ignored);
    }
}

fs::path Originals::place_of(const Fingerprint& fingerprint) const {
    return fs::path(folder_name) / fingerprint.sha256.substr(0, 2) / (fingerprint.sha256 + fingerprint.extension);
}

void Originals::keep(const fs::path& file, const Fingerprint& fingerprint) const {
    const fs::path place = data_folder_ / place_of(fingerprint);
    std::error_code error;
    if (fs::file_size(place, error) == fingerprint.bytes && !error) return;

    const fs::path incoming = data_folder_ / folder_name / incoming_name;
    make_folder(incoming);
    make_folder(place.parent_path());
    AtomicFile copy(place, incoming, 0400);
    Sha256 hash;
    read_in_pieces(file, [&](std::string_view piece) {
        hash.add(piece);
        copy.write(piece);
    });
    if (hash.hex() != fingerprint.sha256)
        throw Error(ErrorKind::input, file.string() + " changed while it was read",
                    "Deliver it again when nothing writes to it any more.");
    copy.commit();
}

} // namespace dengji::ledger
