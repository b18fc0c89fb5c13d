#include "pipeline/ledger/life.h"

namespace dengji::ledger {
namespace {

struct ChannelRow {
    rules::Channel channel;
    const char *name, *label;
};

constexpr ChannelRow channels[] = {
    {rules::Channel::counter, "counter", "窗口"},
    {rules::Channel::app12333, "app12333", "掌上12333"},
    {rules::Channel::national, "national", "全国平台"},
    {rules::Channel::disabled_agency, "disabled_agency", "残疾人就业服务机构"},
    {rules::Channel::social_insurance, "social_insurance", "社会保险经办机构"},
};

const ChannelRow& row_of(rules::Channel channel) {
    for (const auto& row : channels)
        if (row.channel == channel) return row;
    return channels[0];
}

} // namespace

std::string name_of(rules::Channel channel) {
    return row_of(channel).name;
}

std::string label_of(rules::Channel channel) {
    return row_of(channel).label;
}

std::optional<rules::Channel> channel_named(std::string_view name) {
    for (const auto& row : channels)
        if (name == row.name) return row.channel;
    return std::nullopt;
}

} // namespace dengji::ledger
