#include "pipeline/reading/contact.h"

#include "pipeline/base/text.h"

#include <regex>

namespace dengji::reading {

namespace {

std::string without(std::string_view text, std::string_view unwanted) {
    std::string kept;
    for (const char c : text)
        if (unwanted.find(c) == std::string_view::npos) kept.push_back(c);
    return kept;
}

Verdict judged(std::string value, bool right, Support when_right, Reason reason) {
    Verdict verdict{std::move(value), right ? when_right : Support::against, {}};
    if (!right) verdict.reasons.push_back(std::move(reason));
    return verdict;
}

} // namespace

Verdict check_mobile(std::string_view text) {
    static const std::regex shape("1[3-9][0-9]{9}");
    std::string value = without(with_plain_digits(text), " -");
    if (value.starts_with("+86")) value.erase(0, 3);
    const bool right = std::regex_match(value, shape);
    return judged(std::move(value), right, Support::none,
                  {"mobile-form", "手机号码不是以1开头的11位数字，请核对",
                   "mobile number is not 11 digits beginning with 13 to 19"});
}

Verdict check_landline(std::string_view text) {
    static const std::regex shape("(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?");
    std::string value = without(with_plain_digits(text), " ");
    const bool right = std::regex_match(value, shape);
    return judged(std::move(value), right, Support::none,
                  {"landline-form", "固定电话号码格式不符，请核对", "landline number has an unusual shape"});
}

Verdict check_email(std::string_view text) {
    static const std::regex shape("[A-Za-z0-9._+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{2,}");
    std::string value = without(with_plain_digits(text), " ");
    const bool right = value.size() <= 254 && std::regex_match(value, shape);
    return judged(std::move(value), right, Support::none,
                  {"email-form", "电子邮件格式不符，请核对", "mail address has an unusual shape"});
}

} // namespace dengji::reading
