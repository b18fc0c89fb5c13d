#include "pipeline/base/error.h"

namespace dengji {

int exit_code(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::usage: return 2;
    case ErrorKind::input: return 3;
    case ErrorKind::data: return 4;
    case ErrorKind::space: return 5;
    case ErrorKind::database: return 6;
    case ErrorKind::internal: return 1;
    }
    return 1;
}

} // namespace dengji
