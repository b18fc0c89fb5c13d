#include "templates/offices.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

const Offices& jiangjin() {
    static const auto offices =
        Offices::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/offices/jiangjin.csv", "江津区");
    return offices;
}

std::string town_of(const Address& address) {
    const auto* office = jiangjin().of(address);
    return office == nullptr ? std::string() : office->town;
}

TEST(Offices, AreThirtyAndKnownByTownCodeAndName) {
    EXPECT_EQ(jiangjin().all().size(), 30u);
    for (const auto& office : jiangjin().all()) {
        EXPECT_EQ(jiangjin().with_code(office.code), &office);
        EXPECT_EQ(jiangjin().named(office.town), &office);
        EXPECT_EQ(jiangjin().named(office.name), &office);
        EXPECT_TRUE(office.code.starts_with("500116"));
        EXPECT_EQ(office.name, office.town + "劳动就业和社会保障服务所");
    }
    EXPECT_EQ(jiangjin().named(" 几江 ")->town, "几江街道");
    EXPECT_EQ(jiangjin().named("北京"), nullptr);
}

TEST(Offices, AreFoundByAddress) {
    EXPECT_EQ(town_of({"江津", "白沙镇某路1号"}), "白沙镇");
    EXPECT_EQ(town_of({"江津区", "白沙某村2组"}), "白沙镇");
    EXPECT_EQ(town_of({"", "双福街道某路1号"}), "双福街道");
    EXPECT_EQ(town_of({"江津区", "重庆市江津区 德感街道某路"}), "德感街道");
    EXPECT_EQ(town_of({"江津区", "几江街道中山路3号"}), "几江街道");
    EXPECT_EQ(town_of({"江津区", "中山路3号"}), "");
    EXPECT_EQ(town_of({"巴南区", "白沙镇某路1号"}), "");
    EXPECT_EQ(town_of({"", "某路1号"}), "");
    EXPECT_EQ(town_of({"", ""}), "");
}

TEST(Offices, MistakesAreNamedWithTheirLine) {
    const TempFolder folder("offices");
    const auto fails_at = [&](const std::string& rows, const std::string& place) {
        write_file(folder.path() / "offices.csv", "code,name,kind,office\n" + rows);
        try {
            Offices::load(folder.path() / "offices.csv", "江津区");
            ADD_FAILURE() << rows;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_NE(error.message().find(place), std::string::npos) << error.message();
        }
    };
    fails_at("12,某镇,镇,某所\n", "line 2");
    fails_at("500116001,某镇,镇,某所\n500116001,另镇,镇,另所\n", "line 3");
    fails_at("500116001,某镇,镇,某所\n500116002,某镇,镇,另所\n", "line 3");
    fails_at("500116001,某镇,镇,\n", "line 2");
    fails_at("", "no office");
}

} // namespace
} // namespace dengji::templates
