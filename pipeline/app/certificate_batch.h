#pragma once
#include "exporters/certificate/booklet_printer.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/ledger/certificates.h"

namespace dengji::app {

/// What is asked for, the same for all people of a batch.
struct BatchOrder {
    certificate::Printing printing = certificate::Printing::full;
    certificate::PrinterOffset offset;
    std::string by, why;
    Date on;
    bool replacement = false;
};

/// A registration that got no certificate, or none now, and why.
struct NotPrinted {
    std::string registration, reason; ///< the reason in Chinese; names nobody
};

/// A certificate that can be printed.
struct ReadyCertificate {
    std::string registration;
    ledger::HeldCertificate held;
    certificate::SetBooklet set;
    std::vector<ledger::PrintedPlace> places; ///< what printing puts into the booklet
    bool issued_now = false;
};

struct Batch {
    std::vector<ReadyCertificate> ready; ///< in the order asked for
    std::vector<NotPrinted> set_aside;
};

/// Checks everything of each registration first, then issues what was not issued: a name that can't be printed uses no
/// number.
Batch prepare_batch(OpenLives& open, ledger::Certificates& certificates, const certificate::BookletPrinter& printer,
                    const std::vector<std::string>& registrations, const BatchOrder& order);

struct Written {
    std::vector<std::filesystem::path> files;
    /// Numbers of earlier batches into the same folder that were broken off before they were logged, and are not logged
    /// now.
    std::vector<std::string> broken_before;
};

/// Writes one file (its name ends in .pdf), or one for each certificate, named by its number, into a folder. The files
/// appear when all of them could be written, with the log of the prints; a folder says when it was broken off in
/// between (see BatchFolder).
Written write_batch(ledger::Certificates& certificates, const certificate::BookletPrinter& printer, const Batch& batch,
                    const BatchOrder& order, const std::filesystem::path& output);

} // namespace dengji::app
