#pragma once
#include "tests/layers/source_tree.h"

namespace dengji::layers {

/// One row of the layer table: what the files of a folder may include besides their own folder.
struct LayerRule {
    std::string folder;
    std::vector<std::string> may_include; ///< folders, or single headers
};

/// The layer table of the house.
const std::vector<LayerRule>& layer_table();

/// Every quoted include that the table does not allow, or that is not written from the root.
std::vector<Violation> forbidden_includes(const std::vector<SourceFile>& files, const std::vector<LayerRule>& table);

/// Every .cpp whose own header exists but is not its first include: so each header is compiled once with nothing before
/// it.
std::vector<Violation> own_header_not_first(const std::vector<SourceFile>& files);

} // namespace dengji::layers
