#pragma once
// SOCI as this project uses it. Debian's SOCI was built with Boost and says so to whoever includes it, but only
// templates that bind Boost's own containers need it: without them the 140 MB of Boost's headers are not wanted.
#include <soci/soci-platform.h>
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
