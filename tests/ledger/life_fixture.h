#pragma once
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/ledger/lives.h"
#include "tests/ledger/applicants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace dengji::ledger::test {

/// A register in a folder of its own, with one file of applications that tests add lines to.
struct LifeTest : testing::Test {
    LifeTest();

    /// Brings in an application; returns the registration.
    std::string receive(const rules::Application& application);
    std::string receive(const Applicant& person, const std::string& on = "2024-03-04");
    /// A person of `people` who was received, checked and registered on that day.
    std::string registered(const std::string& on = "2024-03-04");
    std::string registered(const Applicant& person, const std::string& on = "2024-03-04");

    /// Takes a step; the way and paper are filled in.
    Taken take(const std::string& registration, const std::string& step, const std::string& on,
               std::map<std::string, std::string> particulars = {}, const std::string& by = "经办甲");
    /// Likewise, and expects that it was taken.
    void expect(const std::string& registration, const std::string& step, const std::string& on,
                std::map<std::string, std::string> particulars = {});
    /// Likewise, and expects a refusal with these words in its reason or findings.
    void expect_refused(const std::string& registration, const std::string& step, const std::string& on,
                        const std::string& words, std::map<std::string, std::string> particulars = {});
    State state_of(const std::string& registration);

    TempFolder place{"life-test"};
    std::filesystem::path data = place.path() / "data";
    Register the_register{data};
    Lives lives{the_register, book(), offices()};
    People people{1};
    Batch batch;
    File file;
    int line = 0;
};

} // namespace dengji::ledger::test
