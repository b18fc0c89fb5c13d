#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace dengji {

/// Takes bytes piece by piece.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    /// 64 small hexadecimal digits. Ends the taking: add() must not follow.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256_of(std::string_view bytes);
/// HMAC-SHA256 (RFC 2104), likewise 64 digits: only who has the key can make it.
std::string hmac_sha256_of(std::string_view key, std::string_view bytes);
/// Reads the file in pieces, whatever its size. Throws Error(input) when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

} // namespace dengji
