// certificates and show, called as a clerk calls them.
#include "pipeline/base/files.h"
#include "pipeline/intake/child_process.h"
#include "tests/app/run_program.h"
#include "tests/intake/fixtures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::app::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const std::string number = "5001160024000001";

json application(const std::string& name) {
    json fields;
    const auto set = [&](const std::string& key, const json& value) { fields[key] = {{"value", value}}; };
    set("name", name);
    set("sex", "男");
    set("ethnicity", "汉族");
    set("health", "健康");
    set("unemployed_since", "2024-02");
    set("id_type", "居民身份证");
    set("id_number", "500116199001209910"); // made up
    set("hukou_type", {"农村居民家庭"});
    set("education", {"初级中学"});
    set("categories", {"农民工"});
    for (const std::string address : {"hukou_address", "residence_address"}) {
        set(address + ".province", "重庆");
        set(address + ".county", "江津");
        set(address + ".detail", "白沙镇虚构路1号");
    }
    set("mobile", "13900000001");
    set("unemployment_reason", {"终止从事个体工商户"});
    set("claims_benefit", {"否"});
    set("signature", true);
    set("signed_on", "2024-03-04");
    return {{"fields", fields},          {"received_on", "2024-03-04"}, {"original_seen", true},     {"photo", true},
            {"wants_certificate", true}, {"draws_pension", false},      {"attachments", {"id_card"}}};
}

/// What a program says on its standard output; nothing when it is not there or failed.
std::optional<std::string> output_of(const std::vector<std::string>& command) {
    std::string said;
    const auto result = intake::run_child(command, {}, [&](std::span<const std::uint8_t> bytes) {
        said.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return true;
    });
    if (result.end != intake::ChildResult::End::exited || result.exit_code != 0) return std::nullopt;
    return said;
}

class CertificatesCommand : public ::testing::Test {
protected:
    ProgramRun run(std::vector<std::string> words) {
        words.insert(words.end(), {"--data", (folder_.path() / "data").string()});
        return run_dengji(words);
    }
    ProgramRun certificates(std::vector<std::string> words) {
        words.insert(words.begin(), {"certificates", "--by", "经办甲"});
        return run(words);
    }
    std::string place(const std::string& name) const { return (folder_.path() / name).string(); }

    std::string registered(const std::string& name = "测试甲") {
        write_file(folder_.path() / "applications.jsonl", application(name).dump() + "\n");
        const std::string id =
            json::parse(run({"import", place("applications.jsonl"), "--channel", "national", "--json"}).out)
                .at("registration");
        EXPECT_EQ(
            run({"event", id, "check", "signs_of_employment=no", "--by", "经办甲", "--on", "2024-03-05"}).exit_code, 0);
        EXPECT_EQ(run({"event", id, "register", "--by", "经办甲", "--on", "2024-03-05"}).exit_code, 0);
        return id;
    }
    void give_photo(const std::string& id) {
        cv::imwrite(place("photo.jpg"), cv::Mat(579, 413, CV_8UC3, cv::Scalar(180, 120, 90)));
        EXPECT_EQ(certificates({"--registration", id, "--photo", place("photo.jpg")}).exit_code, 0);
    }
    void enter_range() { EXPECT_EQ(certificates({"--enter-range", "5001160024000001-5001160024000009"}).exit_code, 0); }

    TempFolder folder_{"certificates"};
};

TEST_F(CertificatesCommand, ACertificateIsIssuedPrintedAndFound) {
    const auto id = registered();
    enter_range();
    const auto held = certificates({"--due", "-o", place("a.pdf")});
    EXPECT_EQ(held.exit_code, 3);
    EXPECT_THAT(held.err, HasSubstr("照片"));
    EXPECT_FALSE(std::filesystem::exists(place("a.pdf")));
    give_photo(id);
    const auto printed = certificates({"--due", "-o", place("out"), "--on", "2024-03-06", "--json"});
    ASSERT_EQ(printed.exit_code, 0) << printed.err;
    EXPECT_EQ(json::parse(printed.out).at("number"), number);
    EXPECT_TRUE(std::filesystem::exists(place("out/" + number + ".pdf")));
    EXPECT_THAT(run({"show", number}).out, HasSubstr(id));
    EXPECT_EQ(run({"show", "DJ1-" + number + "-AAAAAAAA"}).exit_code, 3);
    EXPECT_EQ(run({"show", "5001160024000002"}).exit_code, 3);
}

TEST_F(CertificatesCommand, TheCodeOnThePageLeadsToTheRegistration) {
    const auto id = registered();
    enter_range();
    give_photo(id);
    ASSERT_EQ(certificates({"--registration", id, "-o", place("a.pdf"), "--on", "2024-03-06"}).exit_code, 0);
    ASSERT_EQ(output_of({"pdftoppm", "-png", "-singlefile", "-r", "300", "-f", "3", "-l", "3", place("a.pdf"),
                         place("page")}),
              "");
    const auto code = output_of({"zbarimg", "--raw", "-q", place("page.png")});
    if (!code) GTEST_SKIP() << "zbarimg is not installed (zbar-tools)";
    EXPECT_THAT(run({"show", code->substr(0, code->find('\n'))}).out, HasSubstr(id));
}

TEST_F(CertificatesCommand, APhotoOfAPhoneIsTurnedAndSaysNothingOfTheCamera) {
    const auto id = registered();
    enter_range();
    // As a phone stores an upright picture: lying, with a word that says so.
    cv::Mat upright(1158, 826, CV_8UC3, cv::Scalar(180, 120, 90)), lying;
    cv::rotate(upright, lying, cv::ROTATE_90_COUNTERCLOCKWISE);
    const auto stored = intake::test::with_exif(intake::test::jpeg(lying), 6);
    write_file(place("phone.jpg"), std::string(stored.begin(), stored.end()));
    ASSERT_EQ(certificates({"--registration", id, "--photo", place("phone.jpg")}).exit_code, 0);
    ASSERT_EQ(certificates({"--registration", id, "-o", place("a.pdf"), "--on", "2024-03-06"}).exit_code, 0);
    const auto pdf = read_file(place("a.pdf"));
    EXPECT_THAT(pdf, HasSubstr("/DCTDecode"));
    EXPECT_THAT(pdf, ::testing::Not(HasSubstr("Exif")));
}

TEST_F(CertificatesCommand, ANumberThatWasSpoiltIsVoidAndGivenToNobody) {
    const auto id = registered();
    enter_range();
    EXPECT_NE(certificates({"--void", number}).exit_code, 0) << "without a reason";
    EXPECT_EQ(certificates({"--void", number, "--why", "打印损坏"}).exit_code, 0);
    give_photo(id);
    const auto printed = certificates({"--due", "-o", place("out"), "--on", "2024-03-06", "--json"});
    ASSERT_EQ(printed.exit_code, 0) << printed.err;
    EXPECT_EQ(json::parse(printed.out).at("number"), "5001160024000002");
}

TEST_F(CertificatesCommand, TheCalibrationPageNeedsNoRegister) {
    EXPECT_EQ(run({"certificates", "--calibrate", "-o", place("page.pdf")}).exit_code, 0);
    EXPECT_EQ(read_file(place("page.pdf")).substr(0, 8), "%PDF-1.4");
    make_folder(folder_.path() / "data");
    write_file(folder_.path() / "data/printers.yaml", "front: {x: 3, y: -2}\n");
    EXPECT_EQ(run({"certificates", "--calibrate", "--printer", "front", "-o", place("moved.pdf")}).exit_code, 0);
    EXPECT_NE(read_file(place("page.pdf")), read_file(place("moved.pdf")));
}

TEST_F(CertificatesCommand, PrintingAgainNeedsAReasonAndGivesTheSameFile) {
    const auto id = registered();
    enter_range();
    give_photo(id);
    ASSERT_EQ(certificates({"--registration", id, "-o", place("a.pdf"), "--on", "2024-03-06"}).exit_code, 0);
    EXPECT_EQ(certificates({"--registration", id, "-o", place("b.pdf")}).exit_code, 3);
    EXPECT_FALSE(std::filesystem::exists(place("b.pdf")));
    EXPECT_EQ(certificates({"--month", "2024-03", "-o", place("b.pdf"), "--why", "留档"}).exit_code, 0);
    EXPECT_EQ(read_file(place("a.pdf")), read_file(place("b.pdf")));
}

TEST_F(CertificatesCommand, OverprintingGoesOnInTheNextRow) {
    const auto id = registered();
    enter_range();
    give_photo(id);
    const auto pages = [&](const std::string& file) {
        const auto run =
            certificates({"--registration", id, "--overprint", "-o", place(file), "--json", "--on", "2024-03-06"});
        return run.exit_code == 0 ? json::parse(run.out).at("pages").dump() : run.out;
    };
    EXPECT_THAT(pages("a.pdf"), HasSubstr("page-1"));
    EXPECT_THAT(pages("b.pdf"), HasSubstr("没有新的内容"));
    EXPECT_EQ(run({"event", id, "cancel", "reason=C2a", "--paper", "参保信息", "--by", "经办甲"}).exit_code, 0);
    EXPECT_EQ(pages("c.pdf"), "[\"page-6\"]");
}

TEST_F(CertificatesCommand, ANameThatCannotBePrintedUsesNoNumberAndWritesNothing) {
    const auto id = registered("测\U00031350甲");
    enter_range();
    give_photo(id);
    const auto run = certificates({"--registration", id, "-o", place("a.pdf"), "--on", "2024-03-06"});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("U+31350"));
    EXPECT_FALSE(std::filesystem::exists(place("a.pdf")));
    EXPECT_THAT(certificates({"--ranges", "--json"}).out, HasSubstr("\"left\":9"));
}

TEST_F(CertificatesCommand, WrongCallsSayWhatWouldBeRight) {
    const auto id = registered();
    EXPECT_EQ(certificates({"-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(certificates({"--due", "--month", "2024-03", "-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(certificates({"--month", "March", "-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(certificates({"--registration", id}).exit_code, 2);
    EXPECT_EQ(certificates({"--registration", id, "--booklet", "none", "-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(certificates({"--registration", id, "--printer", "none", "-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(run({"certificates", "--registration", id, "-o", place("a.pdf")}).exit_code, 2);
    EXPECT_EQ(certificates({"--enter-range", "1-2"}).exit_code, 2);
}

} // namespace
} // namespace dengji::app::test
