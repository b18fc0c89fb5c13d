#include "pipeline/base/error.h"
#include "pipeline/intake/document.h"

#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

// Whatever the bytes are: pages or an Error, within small limits. Build with -DDENGJI_FUZZ=ON and clang.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dengji;
    const int memory = ::memfd_create("fuzz", MFD_CLOEXEC);
    if (memory < 0 || ::write(memory, data, size) != static_cast<ssize_t>(size)) std::abort();
    intake::Limits limits;
    limits.megapixels = 1;
    limits.pages = 4;
    limits.file_bytes = 1u << 20;
    limits.render_seconds = 2;
    try {
        const auto document = intake::open_document("/proc/self/fd/" + std::to_string(memory), limits);
        for (int number = 1; number <= document->page_count(); ++number) {
            try {
                document->page(number);
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::input) std::abort();
            }
        }
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input) std::abort();
    }
    ::close(memory);
    return 0;
}
