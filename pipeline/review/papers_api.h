#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// What is printed from a sheet: 补正告知, the receipt, the certificate.
HttpResponse print_notice(Desk& desk, const Call& call);
HttpResponse print_receipt(Desk& desk, const Call& call);
HttpResponse print_certificate(Desk& desk, const Call& call);

} // namespace dengji::review
