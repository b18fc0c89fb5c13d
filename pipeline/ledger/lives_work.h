#pragma once
#include "pipeline/ledger/lives.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/situation.h"

namespace dengji::ledger {

/// One call of Lives: the register's lock, and a transaction unless the call is part of a larger one.
class Lives::Work {
public:
    explicit Work(Lives& lives, Transaction::For what = Transaction::For::writing)
        : work_(*lives.register_.parts_, what), database(work_.database) {}
    void commit() { work_.commit(); }

private:
    RegisterWork work_;

public:
    Database& database;
};

/// Brings a registration to its person and, unless a person has said which, to its office.
void place_life(Situation& situation);

} // namespace dengji::ledger
