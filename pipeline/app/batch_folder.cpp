#include "pipeline/app/batch_folder.h"

#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <unistd.h>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view note_begin = "未写完的证书-", note_end = ".txt";
constexpr std::string_view part = ".pdf.part-"; // as AtomicFile calls what is not whole yet

constexpr auto words =
    "以下证书的文件没有全部写完，或者还没有记入打印记录（程序中途停止）。请不要发放本文件夹里的这些证书；\n"
    "重新执行同一条命令，写完以后本说明会自动消失。\n";

/// Whether the process that a name ends with runs no more. `text` begins with its number.
bool is_gone(std::string_view text) {
    pid_t process = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), process);
    return error == std::errc{} && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

std::vector<std::string> numbers_in(const fs::path& note) {
    std::vector<std::string> numbers;
    for (const auto& line : split(read_file(note), "\n"))
        if (line.size() == 16 && std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }))
            numbers.emplace_back(line);
    return numbers;
}

} // namespace

BatchFolder::BatchFolder(fs::path folder) : folder_(std::move(folder)) {
    make_folder(folder_);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
        const auto name = entry.path().filename().string();
        const auto at = name.find(part);
        if (at != std::string::npos && is_gone(std::string_view(name).substr(at + part.size())))
            fs::remove(entry.path(), ignored);
    }
}

BatchFolder::~BatchFolder() {
    std::error_code ignored;
    if (!note_.empty() && !delivering_) fs::remove(note_, ignored);
}

fs::path BatchFolder::place_of(const std::string& number) const {
    return folder_ / (number + ".pdf");
}

void BatchFolder::begin(const std::vector<std::string>& numbers) {
    const auto note = folder_ / (std::string(note_begin) + std::to_string(::getpid()) + std::string(note_end));
    std::string text = words;
    for (const auto& number : numbers) text += number + "\n";
    write_file(note, text);
    note_ = note;
}

void BatchFolder::finish(const std::function<bool(const std::string&)>& logged) {
    std::error_code ignored;
    fs::remove(note_, ignored);
    note_.clear();
    for (const auto& note : stale_notes()) {
        const auto numbers = numbers_in(note);
        if (std::all_of(numbers.begin(), numbers.end(), logged)) fs::remove(note, ignored);
    }
}

std::vector<std::string> BatchFolder::broken(const std::function<bool(const std::string&)>& logged) const {
    std::vector<std::string> found;
    for (const auto& note : stale_notes())
        for (const auto& number : numbers_in(note))
            if (!logged(number)) found.push_back(number);
    return found;
}

std::vector<fs::path> BatchFolder::stale_notes() const {
    std::vector<fs::path> notes;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(note_begin) && name.ends_with(note_end) &&
            is_gone(std::string_view(name).substr(note_begin.size())))
            notes.push_back(entry.path());
    }
    std::sort(notes.begin(), notes.end());
    return notes;
}

} // namespace dengji::app
