#pragma once
#include "pipeline/reading/verdict.h"

namespace dengji::reading {

/// What speaks for the value of a field, gathered from whoever looked at it.
struct Evidence {
    double recogniser = 0;           ///< the line reader's confidence, 0..1
    bool second_agrees = false;      ///< another reading of the line says the same
    Support support = Support::none; ///< what the rules of the content say
    double word_score = 0;           ///< likeness to the printed picture of the value, 0..1; 0: not compared
    double word_margin = 0;          ///< lead over the next word
    bool word_agrees = false;        ///< the printed picture of this value fits best
    double print_likeness = -1;      ///< likeness of the whole line to its drawn text, 0..1; -1: not compared
    double weakest_likeness = -1;    ///< the same of its worst piece
    double legibility = 1;           ///< how sure the line reader was of the whole sheet, 0..1: low on handwriting
};

/// The chance that the value is right, 0..1, as far as the evidence goes. Orders readings; see Acceptance.
double confidence_of(const Evidence& evidence);

} // namespace dengji::reading
