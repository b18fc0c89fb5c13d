#include "pipeline/review/passwords.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <argon2.h>
#include <mutex>
#include <set>
#include <sys/random.h>

namespace dengji::review {
namespace {

constexpr std::uint32_t passes = 2, kibibytes = 64 * 1024, lanes = 1;
constexpr std::size_t hash_bytes = 32, salt_bytes = 16, most_password = 200;

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (getentropy(bytes.data(), count) != 0)
        throw Error(ErrorKind::internal, "the system gives no random bytes", "Start the program again.");
    return bytes;
}

std::mutex& one_at_a_time() {
    static std::mutex mutex;
    return mutex;
}

} // namespace

std::string random_hex(std::size_t bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const char character : random_bytes(bytes)) {
        const auto byte = static_cast<unsigned char>(character);
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

std::string hashed_password(const std::string& password) {
    const std::lock_guard lock(one_at_a_time());
    const auto salt = random_bytes(salt_bytes);
    std::string encoded(argon2_encodedlen(passes, kibibytes, lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    const int outcome = argon2id_hash_encoded(passes, kibibytes, lanes, password.data(), password.size(), salt.data(),
                                              salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (outcome != ARGON2_OK)
        throw Error(ErrorKind::internal, "the password could not be hashed", "Free some memory and try again.");
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool is_password(const std::string& password, const std::string& hashed) {
    if (password.size() > most_password) return false;
    const std::lock_guard lock(one_at_a_time());
    return argon2id_verify(hashed.c_str(), password.data(), password.size()) == ARGON2_OK;
}

std::string weakness_of(const std::string& password, const std::string& name) {
    const auto characters = code_points(password);
    if (password.size() > most_password) return "密码太长";
    if (characters.size() < 8) return "密码至少8个字符";
    if (std::set<char32_t>(characters.begin(), characters.end()).size() < 4) return "密码过于简单，请用更多不同的字符";
    if (comparable(password) == comparable(name)) return "密码不能和用户名相同";
    return "";
}

bool same_secret(const std::string& one, const std::string& other) {
    if (one.size() != other.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
    return difference == 0;
}

} // namespace dengji::review
