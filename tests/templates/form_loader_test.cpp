#include "pipeline/base/error.h"
#include "templates/form.h"

#include <dengji_project.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace dengji::templates {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path source = DENGJI_SOURCE_DIR;

class FormFolder : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(::testing::TempDir()) /
                  ("dengji-forms-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }
    /// What the loader says of a definition; empty when it loads.
    std::string complaint(const std::string& definition) const {
        try {
            load_form(write("form.yaml", definition));
            return "";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_THAT(error.message(), HasSubstr("form.yaml"));
            EXPECT_NE(error.next_step(), "");
            return error.message();
        }
    }

    fs::path folder_;
};

std::string content_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

const std::string small_form = R"(id: leave-1
kind: leave
titles: [请假条]
fields:
  - {key: name, label: 姓名, kind: text, content: name}
  - {key: since, label: 起始, kind: date, content: year-month}
  - {key: reason, label: 事由, kind: choice, options: [事假, 病假, 其他]}
  - {key: reason.other, label: 其他, kind: text, content: free}
  - {key: signature, label: 签字, kind: presence}
  - {key: signed_on, label: 日期, kind: date, content: year-month-day}
pages:
  - rows:
      - [{label: 姓名}, {field: name}]
      - [{label: 起始}, {blanks: since, before: [{word: 年, part: year}, {word: 月, part: month}]}]
      - [{label: 事由}, {options: reason, printed: [事假, 病假]}, {options: reason, printed: [其他], other: reason.other}]
      - - declaration:
            signature: signature
            word: 签字
            date: signed_on
            before: [{word: 年, part: year}, {word: 月, part: month}, {word: 日, part: day}]
)";

std::string edited(const std::string& from, const std::string& to) {
    const auto place = small_form.find(from);
    EXPECT_NE(place, std::string::npos) << "the test wants to change what is not there: " << from;
    return std::string(small_form).replace(place, from.size(), to);
}

TEST(RegistrationForm, CarriesTheFieldsOfTheAnnex) {
    const auto form = load_form(source / "templates/forms/registration-2020.yaml");
    EXPECT_EQ(form.kind, "registration");
    EXPECT_THAT(form.titles, ElementsAre("失业人员登记表", "重庆市失业登记申请表"));
    EXPECT_EQ(form.fields.size(), 39u);
    ASSERT_EQ(form.pages.size(), 1u);
    EXPECT_EQ(form.pages[0].rows.size(), 16u);

    EXPECT_TRUE(form.field("name")->required);
    EXPECT_FALSE(form.field("political_status")->required);
    EXPECT_EQ(form.field("unemployed_since")->content, "year-month");
    EXPECT_EQ(form.field("categories")->kind, FieldKind::choices);
    EXPECT_EQ(form.field("categories")->options.size(), 15u);
    EXPECT_EQ(form.field("no_such_field"), nullptr);
}

TEST(RegistrationForm, HasCellsWhereTheyArePrinted) {
    const auto form = load_form(source / "templates/forms/registration-2020.yaml");
    const auto& rows = form.pages[0].rows;

    const auto& hukou_address = rows[7][1][0];
    EXPECT_EQ(hukou_address.kind, CellKind::blanks);
    ASSERT_EQ(hukou_address.blanks.size(), 4u);
    EXPECT_EQ(hukou_address.blanks[2].word, "县（区）");
    EXPECT_EQ(hukou_address.key + "." + hukou_address.blanks[2].part, "hukou_address.county");

    const auto& education = rows[4][1][0];
    EXPECT_EQ(education.options, form.field("education")->options) << "an options cell without 'printed' holds all";

    const auto& reasons = rows[11];
    ASSERT_EQ(reasons.size(), 3u);
    EXPECT_EQ(reasons[1][0].key, reasons[2][0].key);
    EXPECT_EQ(reasons[1][0].options.size(), 7u);
    EXPECT_EQ(reasons[2][0].options.size(), 6u);
    EXPECT_EQ(reasons[1][0].other_key, "");
    EXPECT_EQ(reasons[2][0].other_key, "unemployment_reason.other");

    const auto& contact = rows[10];
    EXPECT_EQ(contact[4][1].key, "other_contact");

    const auto& declaration = rows[15][0][0];
    EXPECT_EQ(declaration.kind, CellKind::declaration);
    EXPECT_EQ(declaration.signature_word, "申请人（签字）");
    EXPECT_EQ(declaration.date_blanks.size(), 3u);
}

TEST(AnotherForm, IsANewFileOnly) {
    const auto forms = load_forms(source / "tests/data/forms");
    ASSERT_EQ(forms.size(), 1u);
    const auto& form = forms[0];
    ASSERT_EQ(form.pages.size(), 2u);
    EXPECT_EQ(form.pages[0].rows[0][0].size(), 3u) << "three rows stand beside the photo box";
    EXPECT_EQ(form.pages[0].rows[0][4][0].key, "photo");
    EXPECT_EQ(form.pages[1].rows[1].size(), 5u) << "the table of family members has five columns";
    EXPECT_EQ(form.field("household_size")->kind, FieldKind::number);
}

TEST_F(FormFolder, ASmallFormLoads) {
    EXPECT_EQ(complaint(small_form), "");
}

struct Mistake {
    const char* name;
    const char* from;
    const char* to;
    int line;
    const char* expected;
    friend void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }
};

class BrokenForm : public FormFolder, public ::testing::WithParamInterface<Mistake> {
protected:
    void SetUp() override {
        folder_ = fs::path(::testing::TempDir()) / (std::string("dengji-broken-form-") + GetParam().name);
        fs::create_directories(folder_);
    }
};

TEST_P(BrokenForm, IsRefusedWithLineAndExpectation) {
    const auto& mistake = GetParam();
    const auto said = complaint(edited(mistake.from, mistake.to));
    EXPECT_THAT(said, HasSubstr(", line " + std::to_string(mistake.line) + ":"));
    EXPECT_THAT(said, HasSubstr(mistake.expected));
}

const Mistake mistakes[] = {
    {"UnknownKeyAtTheTop", "titles:", "title:", 3, "unknown key 'title' of a form definition; expected id, kind"},
    {"MissingTitles", "titles: [请假条]\n", "", 1, "the key 'titles' of a form definition is missing"},
    {"KindOfNoForm", "kind: leave", "kind: blank", 2, "pages are called that are no form"},
    {"IdWithSpaces", "id: leave-1", "id: leave one", 1, "small letters, digits and hyphens"},
    {"SameKeyTwice", "content: name", "content: name, content: name", 5, "'content' of a field stands there twice"},
    {"UnknownKeyOfAField", "content: name", "kontent: name", 5, "unknown key 'kontent' of a field"},
    {"UnknownKind", "kind: presence", "kind: present", 9,
     "unknown kind of field 'present'; expected one of text, date"},
    {"UnknownContent", "content: name", "content: nom", 5, "unknown content of a text field 'nom'"},
    {"DateWithContentOfText", "content: year-month}", "content: free}", 6,
     "expected one of year-month, year-month-day"},
    {"TextWithoutContent", ", content: name", "", 5, "must say what content it has"},
    {"ChoiceWithoutOptions", ", options: [事假, 病假, 其他]", "", 7, "must list its options"},
    {"TextWithOptions", "content: name", "content: name, options: [甲]", 5, "a field of kind text has no options"},
    {"NoOptionAtAll", "options: [事假, 病假, 其他]", "options: []", 7, "found an empty list"},
    {"SameOptionTwice", "病假, 其他]}", "事假, 其他]}", 7, "'事假' stands twice"},
    {"RequiredIsNeitherTrueNorFalse", "kind: presence", "kind: presence, required: yes", 9, "expected true or false"},
    {"FieldDeclaredTwice", "key: since", "key: name", 6, "the field 'name' is declared twice"},
    {"KeyInCapitals", "key: since", "key: Since", 6, "small letters, digits and underscores"},
    {"CellOfNoKind", "{field: name}", "{feld: name}", 13, "one of label, field, options, blanks, declaration"},
    {"CellThatIsAWord", "{field: name}", "name", 13, "expected a cell"},
    {"CellOfTwoKinds", "{field: name}", "{label: 甲, field: name}", 13, "unknown key 'field' of a label cell"},
    {"UndeclaredField", "{field: name}", "{field: nom}", 13, "the field 'nom' is not declared"},
    {"FieldOfAnotherKind", "{field: name}", "{field: reason}", 13, "is of kind choice; expected text or number"},
    {"FieldPlacedTwice", "{label: 姓名}", "{field: name}", 13, "the field 'name' has a place already"},
    {"UndeclaredOption", "printed: [事假, 病假]", "printed: [事假, 婚假]", 15, "'婚假' is not among the options"},
    {"OptionsOutOfOrder", "printed: [事假, 病假]", "printed: [病假, 事假]", 15, "out of order"},
    {"OptionPrintedTwice", "printed: [其他]", "printed: [病假]", 15, "a second time"},
    {"OptionNotPrinted", "[事假, 病假]}, {options: reason, printed: [其他], other: reason.other}", "[事假]}", 7,
     "option '病假' is not printed"},
    {"FieldWithoutAPlace", ", other: reason.other", "", 8, "the field 'reason.other' has no place on any page"},
    {"DateWithoutMonth", ", {word: 月, part: month}]}]", "]}]", 14, "expected the parts year, month"},
    {"BlankWithoutWord", "{word: 月, part: month}]}]", "{part: month}]}]", 14, "the key 'word' of a blank is missing"},
    {"SamePartTwice", "part: month}]}]", "part: year}]}]", 14, "the part 'year' stands there twice"},
    {"SignatureOfAnotherKind", "signature: signature", "signature: name", 17, "expected presence here"},
    {"EmptyRow", "      - [{label: 姓名}, {field: name}]", "      - []", 13, "found an empty list"},
    {"RowsThatAreNoList", "  - rows:\n", "  - rows: none\n    rest:\n", 13, "unknown key 'rest' of a page"},
    {"SpacesAroundAWord", "label: 签字", "label: ' 签字'", 9, "spaces around the label"},
    {"BrokenYaml", "titles: [请假条]", "titles: [请假条", 4, "not valid YAML"},
};

INSTANTIATE_TEST_SUITE_P(Mistakes, BrokenForm, ::testing::ValuesIn(mistakes),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_F(FormFolder, AnyLineLeftOutIsAnErrorOrHarmlessButNeverACrash) {
    const auto whole = content_of(source / "templates/forms/registration-2020.yaml");
    int refused = 0;
    for (std::size_t begin = 0; begin < whole.size();) {
        const auto end = whole.find('\n', begin) + 1;
        const auto line = whole.substr(begin, end - begin);
        const auto said = complaint(whole.substr(0, begin) + whole.substr(end));
        if (line.front() == '#' || line == "\n") {
            EXPECT_EQ(said, "") << "without the comment: " << line;
        }
        if (line.find("- {key") != std::string::npos || line.find("part:") != std::string::npos) {
            EXPECT_NE(said, "") << "without the field or blank: " << line;
        }
        refused += said.empty() ? 0 : 1;
        begin = end;
    }
    EXPECT_GT(refused, 70);
}

TEST_F(FormFolder, AFileCutAnywhereIsAnErrorNeverACrash) {
    for (std::size_t length = 0; length + 2 < small_form.size(); length += 7) {
        EXPECT_NE(complaint(small_form.substr(0, length)), "") << "cut after " << length << " bytes";
    }
}

TEST_F(FormFolder, MissingFileAndFolderAreNamed) {
    EXPECT_THROW(load_form(folder_ / "absent.yaml"), Error);
    EXPECT_THROW(load_forms(folder_ / "absent"), Error);
    EXPECT_THROW(load_forms(folder_), Error) << "a folder without any definition";
}

TEST_F(FormFolder, AFolderIsReadInOrderOfNamesAndIdsDiffer) {
    write("b.yaml", small_form);
    write("a.yaml", edited("id: leave-1", "id: leave-2"));
    write("notes.txt", "not a definition");
    const auto forms = load_forms(folder_);
    ASSERT_EQ(forms.size(), 2u);
    EXPECT_EQ(forms[0].id, "leave-2");

    write("c.yaml", small_form);
    try {
        load_forms(folder_);
        FAIL() << "two forms with one id were taken";
    } catch (const Error& error) {
        EXPECT_THAT(error.message(), HasSubstr("already used"));
        EXPECT_THAT(error.message(), HasSubstr("b.yaml"));
    }
}

} // namespace
} // namespace dengji::templates
