#pragma once
#include "tests/rules/scene.h"

#include <vector>

namespace dengji::rules::test {

/// What makes a rule fire in the orderly scene, and what is near it but does not (nothing: the orderly scene itself).
struct Example {
    const char* rule;
    Action action;
    void (*fires)(Scene&);
    void (*silent)(Scene&) = nullptr;
};

std::vector<Example> entry_examples();     ///< A, B
std::vector<Example> document_examples();  ///< C
std::vector<Example> agreement_examples(); ///< K
std::vector<Example> life_examples();      ///< D to H

} // namespace dengji::rules::test
