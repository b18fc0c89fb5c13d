#pragma once
#include "pipeline/ledger/lives.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/situation.h"

namespace dengji::ledger {

/// One call of Lives: the register's lock, and a transaction unless the call is part of a larger one.
class Lives::Work {
public:
    explicit Work(Lives& lives, Transaction::For what = Transaction::For::writing)
        : lock_(lives.register_.parts_->one_at_a_time), database(lives.register_.parts_->database) {
        if (!lives.together_) transaction_.emplace(database, what);
    }
    void commit() {
        if (transaction_) transaction_->commit();
    }

private:
    std::lock_guard<std::recursive_mutex> lock_;
    std::optional<Transaction> transaction_;

public:
    Database& database;
};

/// Brings a registration to its person and, unless a person has said which, to its office.
void place_life(Situation& situation);

} // namespace dengji::ledger
