#include "pipeline/layout/fields.h"

#include "pipeline/layout/declaration.h"
#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/fields_underline.h"
#include "pipeline/layout/printed_words.h"
#include "pipeline/layout/sub_blanks.h"

#include <algorithm>
#include <numeric>

namespace dengji::layout {
namespace {

bool has_printed_words(const Sheet& sheet) {
    return std::any_of(sheet.cells.begin(), sheet.cells.end(), [](const PlacedCell& placed) {
        return placed.cell != nullptr && (placed.cell->kind == templates::CellKind::blanks ||
                                          placed.cell->kind == templates::CellKind::declaration);
    });
}

std::vector<PlacedField> whole_cells(const Sheet& sheet) {
    std::vector<PlacedField> fields;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell != nullptr && placed.cell->kind == templates::CellKind::field) {
            PlacedField field;
            field.key = placed.cell->key;
            field.area = inside_rules(sheet.table, placed.rect);
            fields.push_back(std::move(field));
        }
    }
    return fields;
}

/// Fields of cells that were cut by guess are doubtful, whatever was found in them.
void pass_on_doubts(Sheet& sheet) {
    for (PlacedField& field : sheet.fields) {
        const cv::Point2d middle = (field.area.tl() + field.area.br()) / 2;
        const auto owner = std::find_if(sheet.cells.begin(), sheet.cells.end(),
                                        [&](const PlacedCell& placed) { return placed.rect.contains(middle); });
        if (owner != sheet.cells.end() && owner->doubtful) {
            field.certainty = std::min(field.certainty, 0.3);
            field.reasons.push_back({"cell-unsure", "表格线不清，此栏位置不能确定",
                                     "the ruling lines around this field were not found clearly"});
        }
    }
}

} // namespace

void find_fields(Sheet& sheet) {
    std::vector<int> fonts;
    if (has_printed_words(sheet)) {
        fonts.resize(static_cast<size_t>(font_count()));
        std::iota(fonts.begin(), fonts.end(), 0);
    }
    find_fields(sheet, fonts);
}

void find_fields(Sheet& sheet, const std::vector<int>& fonts) {
    sheet.fields = whole_cells(sheet);
    PagePrint print;
    print.em = character_size(sheet);
    const auto add = [&](const std::vector<PlacedField>& found) {
        sheet.fields.insert(sheet.fields.end(), found.begin(), found.end());
    };
    add(find_underlines(sheet, print.em));
    if (has_printed_words(sheet) && !fonts.empty()) {
        print.half = half_darkness(sheet.table);
        print.printings = find_printings(sheet, print.half, fonts, print.em);
        add(find_sub_blanks(sheet, print));
        add(find_declaration(sheet, print));
    }
    pass_on_doubts(sheet);
}

} // namespace dengji::layout
