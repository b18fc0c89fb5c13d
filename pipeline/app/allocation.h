#pragma once

namespace dengji::app {

/// Tells the allocator to keep the memory of a page for the next one. Images of several megabytes would otherwise be
/// mapped and unmapped for every step, and touching fresh memory costs more than the work done on it.
void keep_memory_between_pages();

/// For work of many small pieces in several threads: they would wait for each other at every one. Only counts before
/// the first thread is begun.
void let_threads_allocate_apart();

} // namespace dengji::app
