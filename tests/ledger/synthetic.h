#pragma once
#include "pipeline/ledger/register.h"

#include <filesystem>
#include <string>
#include <vector>

namespace dengji::ledger::synthetic {

/// A delivered file with what the program would read on its pages. People and numbers are made up.
struct Delivery {
    std::string name;
    std::string content; ///< the file's bytes
    std::vector<reading::PageResult> pages;
};

/// The same for the same seed. Two of the files have the same content under different names.
std::vector<Delivery> stack(unsigned seed, int files, int pages_each);
reading::PageResult sheet(unsigned seed, int page = 1);
reading::PageResult failed_page(int page = 1);

/// Writes the files of a stack into `folder`.
void write_stack(const std::vector<Delivery>& stack, const std::filesystem::path& folder);

/// What `dengji run` does with it, in the order that `seed` shuffles (0: in order), leaving out what is done already.
/// `before_page` is called before each page is recorded.
void run_stack(
    Register& the_register, const std::vector<Delivery>& stack, const std::filesystem::path& folder, unsigned seed = 0,
    const std::function<void()>& before_page = [] {});

/// Everything in the register but times, durations and keys that the database gave: what must be the same however it
/// came there.
std::string dump(const std::filesystem::path& data_folder);

} // namespace dengji::ledger::synthetic
