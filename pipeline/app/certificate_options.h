#pragma once
#include "pipeline/app/life_options.h"

#include <optional>

namespace dengji::app {

struct CertificateOptions {
    LifeOptions life;
    std::vector<std::string> registrations;
    std::string month;            ///< YYYY-MM; empty: none
    bool due = false;             ///< all that wait
    std::filesystem::path output; ///< FILE.pdf, or a folder
    std::string by, why, on;      ///< on: day of issue, YYYY-MM-DD; empty: today
    std::string booklet = "national-2015";
    std::string printer;
    bool overprint = false, replacement = false, calibrate = false;

    std::string enter_range; ///< FIRST-LAST
    bool list_ranges = false;
    std::string void_number;
    std::filesystem::path photo; ///< a picture file, or a scan with the photo on it
    int photo_page = 0;          ///< of that file, or which of the papers; 0: the first page, all papers
    bool photo_on_page = false;  ///< find the photo on the page
    bool photo_attached = false; ///< find it on the papers that were scanned with the sheet
};

int run_certificates(const CertificateOptions& options);

/// What 'dengji show' does for the number of a certificate or the text of its QR code: the registration.
/// nullopt when the word is neither. Throws Error(input) for a number that was not given, or a wrong check value.
std::optional<std::string> registration_of_certificate(const std::string& word, const std::filesystem::path& data);

} // namespace dengji::app
