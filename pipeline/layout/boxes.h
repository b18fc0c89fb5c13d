#pragma once
#include "pipeline/layout/sheet.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::layout {

/// Finds the printed outline of every option of every option cell, measures the ink that was added, and decides its
/// state. Needs sheet.cells and sheet.table; fills sheet.boxes (one for each option of the definition, also when it was
/// not found: doubtful) and sheet.em (pitch of the printed characters, from the words beside the boxes).
void find_boxes(Sheet& sheet);

/// Whether one option of a group is expected; several may be marked else.
bool takes_one(const Sheet& sheet, const std::string& group);

/// A seal's ring, letters and star look like marks: boxes that it lies on are doubtful when they seem to be marked, and
/// where several may be ticked they count as empty unless a pen that is darker than the seal was there. Needs
/// sheet.seals and sheet.pens_below.
void doubt_marks_under_seals(Sheet& sheet);

/// What an option group says.
struct GroupChoice {
    std::vector<std::string> options; ///< chosen, in the order of the definition
    bool doubtful = false;            ///< a person has to look at it
    Reasons reasons;                  ///< why doubtful
};

/// Turns the states of the boxes into the options chosen in each group, by group key. Doubtful when one of its boxes
/// is, or when a group that takes one option has none or several. A doubtful box that is likely marked counts as
/// chosen.
std::map<std::string, GroupChoice> choose_options(const Sheet& sheet);

} // namespace dengji::layout
