#include "pipeline/app/commands.h"
#include "pipeline/app/output_stream.h"
#include "pipeline/app/resources.h"
#include "pipeline/base/error.h"

#include <iostream>
#include <ostream>

namespace dengji::app {

int run_rows(const RowsOptions& options) {
    const auto forms = load_known_forms(options.forms);
    ledger::Register the_register(options.data, ledger::Register::Opening::existing);
    if (!options.file.empty()) {
        const auto rows = rows::write_rows_file(the_register, forms, options.rows, options.file);
        std::cerr << rows << (rows == 1 ? " row" : " rows") << " written to '" << options.file.string() << "'.\n";
        return 0;
    }
    Output output;
    OutputBuffer buffer(output);
    std::ostream out(&buffer);
    try {
        rows::write_rows(the_register, forms, options.rows, out);
        out.flush();
    } catch (const Error&) {
        // The reader of the pipe has seen enough.
        if (!output.closed()) throw;
    }
    return 0;
}

} // namespace dengji::app
