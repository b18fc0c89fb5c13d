#include "pipeline/ledger/schema_reports.h"

namespace dengji::ledger {

const std::vector<std::string_view>& reports_step() {
    static const std::vector<std::string_view> step = {
        R"sql(create table closed_periods (
            month text primary key,         -- YYYY-MM
            from_day text not null,
            until_day text not null,
            last_event integer not null,    -- what was written down later counts in a later period
            definition text not null,       -- version of the report's definition
            closed_at text not null,
            closed_by text not null
        ))sql",
        R"sql(create table closed_figures (
            month text not null references closed_periods (month),
            scope text not null,            -- code of the town; '' for all of them
            figures text not null,          -- JSON object: cell -> figure
            primary key (month, scope)
        ))sql",
        R"sql(create trigger closed_periods_are_never_changed before update on closed_periods
            begin select raise(abort, 'closed periods are never changed'); end)sql",
        R"sql(create trigger closed_periods_are_never_deleted before delete on closed_periods
            begin select raise(abort, 'closed periods are never deleted'); end)sql",
        R"sql(create trigger closed_figures_are_never_changed before update on closed_figures
            begin select raise(abort, 'closed figures are never changed'); end)sql",
        R"sql(create trigger closed_figures_are_never_deleted before delete on closed_figures
            begin select raise(abort, 'closed figures are never deleted'); end)sql",
    };
    return step;
}

const std::vector<std::string_view>& definitions_step() {
    static const std::vector<std::string_view> step = {
        R"sql(create table closed_definitions (
            version text not null,          -- as closed_periods.definition says
            file text not null,             -- name, as under templates/reports
            content text not null,
            primary key (version, file)
        ))sql",
        R"sql(create trigger closed_definitions_are_never_changed before update on closed_definitions
            begin select raise(abort, 'closed definitions are never changed'); end)sql",
        R"sql(create trigger closed_definitions_are_never_deleted before delete on closed_definitions
            begin select raise(abort, 'closed definitions are never deleted'); end)sql",
    };
    return step;
}

} // namespace dengji::ledger
