#include "pipeline/app/debug_folder.h"

#include "pipeline/base/error.h"

#include <cstdio>
#include <fstream>
#include <opencv2/imgcodecs.hpp>

namespace dengji::app {

namespace fs = std::filesystem;

DebugFolder::DebugFolder(fs::path folder) : folder_(std::move(folder)) {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed || !fs::is_directory(folder_))
        throw Error(ErrorKind::space, "the folder '" + folder_.string() + "' for the pictures cannot be made",
                    "Give a folder with --debug that you may write to.");
}

void DebugFolder::write(const std::string& source, int page, const cv::Mat& picture, const std::string& more) {
    char number[16];
    std::snprintf(number, sizeof number, "-p%03d", page);
    write_picture(folder_ / (stem_of(source) + number + more + ".jpg"), picture);
}

void write_picture(const fs::path& file, const cv::Mat& picture) {
    // Encoded first and written here: imwrite reports a full disk as success.
    std::vector<uchar> bytes;
    cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 88});
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw Error(ErrorKind::space, "the picture '" + file.string() + "' cannot be written",
                    "Make room there, or name another place for it.");
}

/// Sources of the same name from different folders, or with different endings, must not overwrite each other's
/// pictures.
std::string DebugFolder::stem_of(const std::string& source) {
    std::lock_guard lock(mutex_);
    auto& stem = stems_[source];
    if (!stem.empty()) return stem;
    const auto wanted = fs::path(source).stem().string();
    stem = wanted;
    for (int i = 2; !taken_.insert(stem).second; ++i) stem = wanted + "-" + std::to_string(i);
    return stem;
}

} // namespace dengji::app
