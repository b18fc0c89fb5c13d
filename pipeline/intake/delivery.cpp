#include "pipeline/intake/document.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <system_error>

#include <unistd.h>

namespace dengji::intake {
namespace {

namespace fs = std::filesystem;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Length of the digits at `at`, and where they begin without leading zeros.
std::string_view digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
}

std::string_view without_zeros(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

/// Numbers inside names count as numbers, so that page2 stands before page10.
bool comes_before(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (is_digit(a[i]) && is_digit(b[j])) {
            const auto left = digits_at(a, i);
            const auto right = digits_at(b, j);
            const auto x = without_zeros(left);
            const auto y = without_zeros(right);
            if (x.size() != y.size()) return x.size() < y.size();
            if (x != y) return x < y;
            i += left.size();
            j += right.size();
            continue;
        }
        if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
        ++i;
        ++j;
    }
    if ((i < a.size()) != (j < b.size())) return j < b.size();
    return a < b;
}

bool is_system_name(const std::string& name) {
    static constexpr std::array<std::string_view, 4> system{"Thumbs.db", "desktop.ini", "ehthumbs.db", "$RECYCLE.BIN"};
    return name.starts_with('.') || name.starts_with("~$") ||
           std::find(system.begin(), system.end(), name) != system.end();
}

class Listing {
public:
    void add(const fs::path& path) {
        std::error_code error;
        const auto status = fs::status(path, error);
        if (!fs::exists(status)) {
            const bool forbidden = error == std::errc::permission_denied;
            report(path, forbidden ? "it cannot be read: no permission" : "there is no such file or folder",
                   forbidden ? "Allow the user who runs the program to read it (chmod u+rx on its folder)."
                             : "Check the name.");
        } else if (fs::is_directory(status)) {
            add_folder(path);
        } else {
            add_file(path);
        }
    }

    std::vector<Delivered> take() { return std::move(delivered_); }

private:
    void add_file(const fs::path& file) {
        if (::access(file.c_str(), R_OK) != 0) {
            report(file, "the file cannot be read: no permission",
                   "Allow the user who runs the program to read it (chmod u+r).");
        } else if (is_new(file)) {
            delivered_.push_back({file, {}, {}});
        }
    }

    void add_folder(const fs::path& folder) {
        // Links may lead back to a folder above: each real folder is entered once.
        if (!is_new(folder)) return;
        std::error_code error;
        std::vector<fs::path> inside;
        fs::directory_iterator entries(folder, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
            if (!is_system_name(entries->path().filename().string())) inside.push_back(entries->path());
        }
        if (error) {
            delivered_.push_back({folder, "the folder cannot be read: " + error.message(),
                                  "Allow the user who runs the program to read it (chmod u+rx)."});
        }
        std::sort(inside.begin(), inside.end(), [](const fs::path& a, const fs::path& b) {
            return comes_before(a.filename().string(), b.filename().string());
        });
        for (const auto& path : inside) add(path);
    }

    bool is_new(const fs::path& path) {
        std::error_code error;
        const auto real = fs::canonical(path, error);
        return seen_.insert(error ? fs::absolute(path, error) : real).second;
    }

    void report(const fs::path& path, std::string problem, std::string next_step) {
        if (is_new(path)) delivered_.push_back({path, std::move(problem), std::move(next_step)});
    }

    std::vector<Delivered> delivered_;
    std::set<fs::path> seen_;
};

} // namespace

std::vector<Delivered> list_delivery(const std::vector<fs::path>& paths) {
    Listing listing;
    for (const auto& path : paths) listing.add(path);
    return listing.take();
}

} // namespace dengji::intake
