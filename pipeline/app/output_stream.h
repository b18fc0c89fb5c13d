#pragma once
#include "pipeline/app/output.h"

#include <array>
#include <streambuf>

namespace dengji::app {

/// Lets a std::ostream write to standard output through Output: it fails when nobody reads any more.
class OutputBuffer : public std::streambuf {
public:
    explicit OutputBuffer(Output& output) : output_(output) { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

protected:
    int_type overflow(int_type character) override {
        if (sync() != 0) return traits_type::eof();
        if (!traits_type::eq_int_type(character, traits_type::eof())) sputc(traits_type::to_char_type(character));
        return traits_type::not_eof(character);
    }

    int sync() override {
        const std::string_view pending(pbase(), static_cast<std::size_t>(pptr() - pbase()));
        const bool written = output_.write(pending);
        setp(buffer_.data(), buffer_.data() + buffer_.size());
        return written ? 0 : -1;
    }

private:
    Output& output_;
    std::array<char, 1 << 16> buffer_;
};

} // namespace dengji::app
