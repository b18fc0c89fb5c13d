#pragma once

// Included ahead of everything in the fuzzers' build: qpdf 11's headers hold a std::vector of a class within that
// class, which clang refuses while the library's vector is constexpr. Here it is an ordinary one. One helper for bits
// has been announced as constexpr before, so that it takes another name.
#include <memory>
#include <string>

#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_a1_of_bits
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
