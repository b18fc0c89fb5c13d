// Registers of made-up people for measuring, larger than anybody would type.
//
//   make_register certificates DATA PEOPLE         people who wait for a certificate, with photos and all kinds of
//   names make_register statistics DATA PEOPLE COPIES    two years of a simulated office, and so many copies of all its
//   people
#include "exporters/certificate/photo.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/ledger/certificates.h"
#include "pipeline/ledger/database.h"
#include "templates/citizen_number.h"
#include "tests/ledger/simulation.h"

#include <iostream>
#include <opencv2/imgproc.hpp>

namespace dengji::ledger::test {
namespace {

constexpr long long page_step = 10'000'000; ///< more than lines of the simulated file

/// A portrait with noise, so that its JPEG is as large as a real one's.
cv::Mat portrait(int seed) {
    cv::Mat picture(579, 413, CV_8UC3, cv::Scalar(200, 120, 60)), noise(579, 413, CV_8UC3);
    cv::ellipse(picture, {206, 579}, {165, 193}, 0, 0, 360, {90, 60, 50}, cv::FILLED);
    cv::ellipse(picture, {206, 230}, {82 + seed % 9, 115}, 0, 0, 360, {170, 200, 235}, cv::FILLED);
    cv::theRNG().state = static_cast<std::uint64_t>(seed) + 1;
    cv::randu(noise, 0, 24);
    return picture + noise;
}

void make_certificates(const std::filesystem::path& data, int count) {
    // The usual, those of other planes, rare ones, long ones with a middle dot.
    const std::vector<std::string> odd = {"𠮷", "㵾", "䶮", "𬱖", "喆", "堃", "旻", "祎", "阿依古丽·买买提"};
    const TempFolder folder("applications");
    write_file(folder.path() / "a.jsonl", "{}\n");
    Register the_register(data);
    Lives lives(the_register, book(), offices());
    Certificates certificates(the_register, lives, book());
    certificates.enter_range("5001160024000001", "5001160024999999", "经办甲");
    const auto batch = the_register.begin_batch({folder.path()});
    const auto file = the_register.add_file(batch.id, 0, folder.path() / "a.jsonl", "a.jsonl");
    People people(1);
    const Date on = day("2024-03-04");
    std::vector<std::string> registrations;
    lives.together([&] {
        for (int i = 1; i <= count; ++i) {
            auto person = people.next();
            if (i % 4 == 0) person.name += odd[static_cast<std::size_t>(i / 4) % odd.size()];
            auto application = application_of(person, on, rules::Channel::counter);
            application.fields["qualification.1.name"].value = std::string("中式烹调师");
            application.fields["qualification.1.level"].value = std::string("三级/高级工");
            const auto id = lives.receive(batch.id, file, i, std::to_string(i), application, on).registration;
            for (const auto* step : {"check", "register", "certificate-apply"}) {
                Act act{id, step, on, "经办甲", "", "", {}, {}};
                if (act.step == "check") act.particulars = {{"signs_of_employment", "no"}};
                const auto taken = lives.take(act, on);
                if (taken.refusal) throw Error(ErrorKind::internal, "step " + act.step + " was refused");
            }
            registrations.push_back(id);
        }
    });
    for (std::size_t i = 0; i < registrations.size(); ++i)
        certificates.keep_photo(registrations[i], certificate::prepare_photo(portrait(static_cast<int>(i))).jpeg,
                                "经办甲");
    the_register.finish_batch(batch.id);
}

/// Rows as the events of so many more people would give them: the same lives under other numbers.
class Copies {
public:
    explicit Copies(const std::filesystem::path& data) : database_(data / "register.sqlite") {
        database_.execute("pragma synchronous = off");
        database_.execute("create temp table numbers (old text primary key, new text)");
        events_ = database_.number("max(id)", "from events").value_or(0);
        persons_ = database_.number("max(id)", "from persons").value_or(0);
        lives_ = database_.number("max(id)", "from lives").value_or(0);
        pages_ = database_.number("max(id)", "from pages").value_or(0);
        Cursor row = database_.select({"number"}, "from persons where number <> ''");
        while (row.next()) old_numbers_.push_back(row.text(0));
    }

    void add(long long copy) {
        Transaction transaction(database_);
        name_numbers(copy);
        const auto k = std::to_string(copy);
        const std::string tag = "printf('%04x', " + k + ") || substr(";
        const auto id = [&](const std::string& column) { return tag + column + ", 5)"; };
        const auto shifted = [&](const std::string& column, long long by) {
            return column + " + " + std::to_string(copy * by);
        };
        const auto limit = [](const std::string& column, long long most) {
            return " where " + column + " <= " + std::to_string(most);
        };
        const std::string number = "coalesce((select n.new from numbers n where n.old = ";
        database_.execute(
            "insert into pages (id, file_id, number, status, kind, form, form_page, orientation, quality, "
            "reasons, ms, paper) select " +
            shifted("id", pages_) + ", file_id, " + shifted("number", page_step) +
            ", status, kind, form, form_page, orientation, quality, reasons, ms, paper from pages" +
            limit("id", pages_));
        database_.execute("insert into registrations (id, page_id, form) select " + id("id") + ", " +
                          shifted("page_id", pages_) + ", form from registrations" + limit("page_id", pages_));
        database_.execute(
            "insert into registration_values select " + id("registration_id") +
            ", key, position, type, case when key = 'id_number' then " + number +
            "value), value) else value end, review, origin from registration_values where registration_id "
            "in (select id from registrations" +
            limit("page_id", pages_) + ")");
        database_.execute("insert into persons select " + shifted("id", persons_) + ", " + number +
                          "number), number), sound, name, born, address from persons" + limit("id", persons_));
        database_.execute("insert into events (id, at, actor, action, subject_kind, subject, batch_id, details, "
                          "effective_on, entered_on, way, paper, outcome, state) select " +
                          shifted("id", events_) + ", at, actor, action, subject_kind, " + id("subject") +
                          ", batch_id, details, effective_on, entered_on, way, paper, case when action = "
                          "'certificate-issue' then '5' || printf('%03d', " +
                          k + ") || substr(outcome, 5) when action = 'withdraw' then cast(outcome + " +
                          std::to_string(copy * events_) +
                          " as text) else outcome end, state from events where id <= " + std::to_string(events_) +
                          " and subject_kind = 'registration'");
        database_.execute("insert into lives select " + shifted("id", lives_) + ", " + id("registration_id") + ", " +
                          shifted("person_id", persons_) + ", office, " + id("follows") +
                          ", channel, state, changed_on, received_on, decided_on, registered_on, cancelled_on, "
                          "cancel_reason, settled_on from lives" +
                          limit("id", lives_));
        transaction.commit();
    }

    void finish() {
        database_.execute("pragma wal_checkpoint(truncate)");
        database_.execute("analyze");
    }

private:
    /// Another area for the same birth date, with the right check character.
    void name_numbers(long long copy) {
        database_.execute("delete from numbers");
        for (const auto& old : old_numbers_) {
            auto number = std::to_string(510000 + copy) + old.substr(6, 11);
            number += templates::citizen_check_character(number);
            database_.execute("insert into numbers values (:old, :new) on conflict do nothing", {old, number});
        }
    }

    Database database_;
    long long events_ = 0, persons_ = 0, lives_ = 0, pages_ = 0;
    std::vector<std::string> old_numbers_;
};

void make_statistics(const std::filesystem::path& data, int people, int copies) {
    {
        const TempFolder folder("office");
        Register the_register(data);
        Lives lives(the_register, book(), offices());
        OfficePlan plan;
        plan.people = people;
        const auto account = Office(the_register, lives, plan, folder.path()).run();
        std::cerr << account.registrations << " registrations simulated\n";
    }
    Copies more(data);
    for (int copy = 1; copy <= copies; ++copy) {
        more.add(copy);
        if (copy % 10 == 0) std::cerr << copy << " copies\n";
    }
    more.finish();
}

} // namespace
} // namespace dengji::ledger::test

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() == 3 && words[0] == "certificates") {
            dengji::ledger::test::make_certificates(words[1], std::stoi(words[2]));
        } else if (words.size() == 4 && words[0] == "statistics") {
            dengji::ledger::test::make_statistics(words[1], std::stoi(words[2]), std::stoi(words[3]));
        } else {
            std::cerr << "usage: make_register certificates DATA PEOPLE | statistics DATA PEOPLE COPIES\n";
            return 2;
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return 0;
}
