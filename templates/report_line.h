#pragma once
#include "templates/report.h"
#include "templates/yaml_node.h"

namespace dengji::templates {

// Reading the parts of report definitions; see load_report().

/// A table file.
ReportTable report_table(const YamlNode& root, const ReportWords& words, const Offices& offices);

/// The checks of report.yaml, held against the tables.
std::vector<ReportCheck> report_checks(const YamlNode& list, const Report& report);

/// The charts of report.yaml.
std::vector<ReportChart> report_charts(const YamlNode& list, const Report& report);

} // namespace dengji::templates
