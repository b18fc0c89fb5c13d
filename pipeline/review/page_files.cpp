#include "pipeline/review/page_files.h"

#include "pipeline/base/files.h"

namespace dengji::review {
namespace fs = std::filesystem;
namespace {

const std::map<std::string, std::string>& types() {
    static const std::map<std::string, std::string> table = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    return table;
}

} // namespace

std::map<std::string, HttpResponse> page_files(const fs::path& folder) {
    std::map<std::string, HttpResponse> files;
    std::error_code fault;
    if (folder.empty() || !fs::is_regular_file(folder / "index.html", fault)) return files;
    for (fs::recursive_directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        const auto type = types().find(entry->path().extension().string());
        if (!entry->is_regular_file(fault) || entry->is_symlink(fault) || type == types().end()) continue;
        HttpResponse response;
        response.type = type->second;
        response.body = read_file(entry->path());
        const auto name = "/" + fs::relative(entry->path(), folder).generic_string();
        // Their names change with what they hold; the page itself is asked for each time.
        const bool named_by_content = name.starts_with("/assets/");
        response.headers.emplace_back("Cache-Control", named_by_content ? "max-age=31536000, immutable" : "no-cache");
        files.emplace(name, std::move(response));
    }
    files["/"] = files.at("/index.html");
    return files;
}

HttpResponse print_style() {
    HttpResponse response;
    response.type = "text/css; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.body = R"(@page { size: A4; margin: 22mm 24mm; }
body { font: 12pt/1.8 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; max-width: 170mm; margin: 8mm auto; color: #000; }
h1 { font: bold 20pt/1.4 "Noto Sans CJK SC", SimHei, sans-serif; text-align: center; margin: 0 0 8mm; }
table { border-collapse: collapse; width: 100%; margin: 4mm 0; }
th, td { border: 1px solid #000; padding: 1.5mm 3mm; text-align: left; vertical-align: top; }
th { width: 32mm; font-weight: normal; }
ol { margin: 2mm 0 4mm; padding-left: 9mm; }
.clause { color: #444; font-size: 10.5pt; }
.sign { margin-top: 14mm; display: flex; justify-content: space-between; }
.sign p { margin: 0; min-width: 60mm; }
.cut { border-top: 1px dashed #666; margin-top: 12mm; padding-top: 4mm; font-size: 10.5pt; }
@media screen { body { padding: 10mm; box-shadow: 0 0 6px #999; background: #fff; } html { background: #ddd; } }
)";
    return response;
}

} // namespace dengji::review
