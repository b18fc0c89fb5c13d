#pragma once
#include "exporters/certificate/contents.h"
#include "pipeline/ledger/certificates.h"

namespace dengji::certificate {

/// What the booklet of a registration's person says: fields of that registration, and the events of all registrations
/// of the person, oldest first; what was taken back or restored is left out. `number` and `issued_on`: of the
/// certificate; the QR code and the photo are filled in by the caller. Throws Error(input) when there is no such
/// registration.
Contents contents_of(ledger::Lives& lives, const rules::RuleBook& book, const templates::Offices& offices,
                     const std::string& registration, const std::string& number, Date issued_on);

/// 2024年03月06日, as booklets have it.
std::string day_in_booklet(Date day);

} // namespace dengji::certificate
