#pragma once
#include "pipeline/base/dates.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace dengji::rules {

/// The way an application came in, 渝人社办〔2020〕79号 二 and 四（七）.
enum class Channel {
    counter,          ///< 公共就业服务机构窗口
    app12333,         ///< 重庆市掌上12333 APP
    national,         ///< 全国人力资源社会保障政务服务平台
    disabled_agency,  ///< 残疾人就业服务机构
    social_insurance, ///< 社会保险经办机构
};

/// One field as it was given.
struct Given {
    std::variant<std::string, std::vector<std::string>, bool> value; ///< a text, ticked options, or whether it is there
    bool by_machine = false;                                         ///< read from a scan, not typed
    bool doubtful = false; ///< read from a scan, and a person has to look at it before it counts
};

/// What a person applies with, as plain values. Everything but the fields may be unknown.
struct Application {
    std::map<std::string, Given> fields; ///< by the keys of the form; what is missing is empty
    std::optional<Date> received_on;
    std::optional<Channel> channel;
    std::optional<bool> original_seen; ///< a clerk has seen the original of the identity document
    std::optional<bool> photo;         ///< a photo lies with it
    std::optional<bool> wants_certificate;
    std::optional<bool> draws_pension;
    std::optional<std::set<std::string>> attachments; ///< ids of papers, as in templates/rules/papers.yaml
    std::optional<Date> born_on;     ///< as on the original document; for numbers that hold no birth date
    std::set<std::string> confirmed; ///< rules whose questions a person has answered: they hold no more

    std::string text(const std::string& key) const;                ///< without white space around; empty: nothing
    std::vector<std::string> chosen(const std::string& key) const; ///< ticked options
    bool has_chosen(const std::string& key, const std::string& option) const;
    bool present(const std::string& key) const; ///< a signature: is it there?
    bool by_machine(const std::string& key) const;
    bool doubtful(const std::string& key) const;
};

} // namespace dengji::rules
