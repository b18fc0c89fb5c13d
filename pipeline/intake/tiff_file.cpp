#include "pipeline/intake/tiff_file.h"

#include "pipeline/intake/refusal.h"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace dengji::intake {
namespace {

std::string format_message(const char* format, va_list arguments) {
    std::array<char, 300> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    return text.data();
}

// Handlers return 1: the message is taken, libtiff's global handler (standard error) stays silent.
int take_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
    auto& messages = *static_cast<TiffMessages*>(user);
    if (messages.error.empty()) messages.error = format_message(format, arguments);
    return 1;
}

int take_warning(TIFF*, void* user, const char*, const char* format, va_list arguments) {
    auto& messages = *static_cast<TiffMessages*>(user);
    const std::string text = format_message(format, arguments);
    const auto says = [&](std::string_view words) { return text.find(words) != std::string::npos; };
    if (says("Premature EO") || says("Premature end") || says("premature end")) {
        messages.truncated = true;
    } else if (says("looping")) {
        messages.loops = true;
    } else if (says("Bad code word") || says("Line length mismatch")) {
        ++messages.bad_rows;
    } else if (says("Corrupt JPEG data") && !says("extraneous bytes")) {
        messages.corrupt = true;
    }
    return 1;
}

struct FreeOptions {
    void operator()(TIFFOpenOptions* options) const noexcept { TIFFOpenOptionsFree(options); }
};

std::unique_ptr<TIFFOpenOptions, FreeOptions> make_options(TiffMessages* messages, const Limits& limits) {
    std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), take_error, messages);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), take_warning, messages);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(most_picture_bytes(limits)));
    return options;
}

// h: read the header only; m: no memory map, which would crash when the file is cut meanwhile.
constexpr const char* mode = "rhm";

} // namespace

TiffFile::TiffFile(const std::filesystem::path& file, const Limits& limits) {
    if (::access(file.c_str(), R_OK) != 0) refuse_unreadable(errno);
    handle_.reset(TIFFOpenExt(file.c_str(), mode, make_options(messages_.get(), limits).get()));
    check_opened();
}

TiffFile::TiffFile(Bytes bytes, const Limits& limits) : memory_(std::make_unique<Memory>(Memory{bytes})) {
    const auto read = [](thandle_t handle, void* to, tmsize_t count) -> tmsize_t {
        auto& memory = *static_cast<Memory*>(handle);
        const auto wanted = static_cast<std::size_t>(std::max<tmsize_t>(count, 0));
        const std::size_t given =
            memory.at < memory.bytes.size() ? std::min(wanted, memory.bytes.size() - memory.at) : 0;
        if (given > 0) std::memcpy(to, memory.bytes.data() + memory.at, given);
        memory.at += given;
        return static_cast<tmsize_t>(given);
    };
    const auto write = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    const auto seek = [](thandle_t handle, toff_t offset, int whence) -> toff_t {
        auto& memory = *static_cast<Memory*>(handle);
        const std::size_t base = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? memory.bytes.size() : 0;
        memory.at = base + offset;
        return memory.at;
    };
    const auto close = [](thandle_t) { return 0; };
    const auto size = [](thandle_t handle) -> toff_t { return static_cast<Memory*>(handle)->bytes.size(); };
    handle_.reset(TIFFClientOpenExt("memory", mode, memory_.get(), read, write, seek, close, size, nullptr, nullptr,
                                    make_options(messages_.get(), limits).get()));
    check_opened();
}

void TiffFile::check_opened() {
    if (!handle_) refuse_damaged("the TIFF file is damaged", messages_->error);
}

} // namespace dengji::intake
