#pragma once

namespace dengji::app {

/// Tells the allocator to keep the memory of a page for the next one. Images of several megabytes would otherwise be
/// mapped and unmapped for every step, and touching fresh memory costs more than the work done on it.
void keep_memory_between_pages();

} // namespace dengji::app
