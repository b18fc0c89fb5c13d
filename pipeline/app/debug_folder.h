#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <opencv2/core.hpp>
#include <set>
#include <string>

namespace dengji::app {

/// The folder of --debug. May be used from several threads.
class DebugFolder {
public:
    /// Makes the folder. Throws Error(space) when that is not possible.
    explicit DebugFolder(std::filesystem::path folder);

    /// Writes a picture of a page as "STEM-p001.jpg", or with something more in its name: "STEM-p001-fields.jpg".
    /// Throws Error(space).
    void write(const std::string& source, int page, const cv::Mat& picture, const std::string& more = {});

private:
    std::string stem_of(const std::string& source);

    std::filesystem::path folder_;
    std::mutex mutex_;
    std::map<std::string, std::string> stems_; ///< source to the name that its pictures bear
    std::set<std::string> taken_;
};

/// Writes a JPEG file, or throws Error(space).
void write_picture(const std::filesystem::path& file, const cv::Mat& picture);

} // namespace dengji::app
