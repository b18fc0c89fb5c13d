#include "pipeline/app/allocation.h"

#include <malloc.h>

namespace dengji::app {

void keep_memory_between_pages() {
    // One arena: those of other threads can't hold large blocks.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, 64 << 20);
}

void let_threads_allocate_apart() {
    constexpr int arenas = 4;
    mallopt(M_ARENA_MAX, arenas);
}

} // namespace dengji::app
