#pragma once
#include <string>

namespace dengji::review {

/// Random bytes of the system as hexadecimal digits: two for each.
std::string random_hex(std::size_t bytes);

/// argon2id with a salt of its own, as one text that tells how it was made. Takes a tenth of a second and 64 MiB; one
/// at a time, so that a flood of sign-ins does not take the memory.
std::string hashed_password(const std::string& password);
bool is_password(const std::string& password, const std::string& hashed);

/// Why it is no good, in Chinese; "" when it is.
std::string weakness_of(const std::string& password, const std::string& name);

/// Equal or not, in a time that does not tell where they differ.
bool same_secret(const std::string& one, const std::string& other);

} // namespace dengji::review
