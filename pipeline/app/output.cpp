#include "pipeline/app/output.h"

#include "pipeline/base/error.h"

#include <cerrno>
#include <string>
#include <unistd.h>

namespace dengji::app {

bool Output::line(std::string_view text) {
    std::string with_break(text);
    with_break += '\n';
    return write(with_break);
}

bool Output::write(std::string_view text) {
    while (!text.empty() && !closed_) {
        const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            closed_ = true;
        } else if (errno != EINTR) {
            throw Error(ErrorKind::space, "the result cannot be written to standard output",
                        "Make room where it goes to, or send it somewhere else, then give the same command again.");
        }
    }
    return !closed_;
}

} // namespace dengji::app
