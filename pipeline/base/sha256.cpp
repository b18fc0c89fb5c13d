#include "pipeline/base/sha256.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace dengji {
namespace {

void expect(int openssl_result) {
    if (openssl_result != 1) throw Error(ErrorKind::internal, "OpenSSL cannot compute SHA-256");
}

std::string hex_of(const unsigned char* bytes, unsigned int length) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

} // namespace

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    expect(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    expect(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    expect(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length));
    return hex_of(digest.data(), length);
}

std::string hmac_sha256_of(std::string_view key, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(), &length);
    expect(made == nullptr ? 0 : 1);
    return hex_of(digest.data(), length);
}

std::string sha256_of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
    Sha256 hash;
    read_in_pieces(file, [&](std::string_view piece) { hash.add(piece); });
    return hash.hex();
}

} // namespace dengji
