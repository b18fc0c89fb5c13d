#include "templates/area_codes.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

const AreaCodes& areas() {
    static const auto loaded = AreaCodes::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/codes/area.csv");
    return loaded;
}

TEST(AreaCodes, KnowThoseInForceAndThoseThatWere) {
    for (const char* jiangjin : {"512721", "510225", "519007", "510283", "500181", "500381", "500116"})
        EXPECT_TRUE(areas().knows(jiangjin)) << jiangjin;
    for (const char* other : {"510281", "510282", "512222", "511223", "513524", "110101", "810000", "820000", "830000"})
        EXPECT_TRUE(areas().knows(other)) << other;
    for (const char* none : {"850101", "500199", "000000", "5001", ""}) EXPECT_FALSE(areas().knows(none)) << none;
}

TEST(AreaCodes, FindCountiesInTheirProvince) {
    EXPECT_TRUE(areas().county_in("重庆", "", "江津"));
    EXPECT_TRUE(areas().county_in("重庆市", "", "江津区"));
    EXPECT_TRUE(areas().county_in("重庆市", "重庆市", "石柱县"));
    EXPECT_TRUE(areas().county_in("四川省", "泸州市", "合江县"));
    EXPECT_TRUE(areas().county_in("贵州", "遵义", "习水"));
    EXPECT_FALSE(areas().county_in("四川省", "成都市", "合江县"));
    EXPECT_FALSE(areas().county_in("重庆市", "", "浦东新区"));
    EXPECT_TRUE(areas().county_in("某省", "", "某县"));
}

TEST(AreaCodes, ShortenNames) {
    EXPECT_EQ(short_place_name("江津区"), "江津");
    EXPECT_EQ(short_place_name("忠县"), "忠县");
    EXPECT_EQ(short_place_name("广西壮族自治区"), "广西壮族");
    EXPECT_EQ(short_place_name(" 重庆市 "), "重庆");
}

TEST(AreaCodes, NameTheLineOfAMistake) {
    const TempFolder folder("test");
    write_file(folder.path() / "area.csv", "code,name,last\n110000,北京市,\n1101,x,\n");
    try {
        AreaCodes::load(folder.path() / "area.csv");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.message().find("line 3"), std::string::npos);
    }
}

} // namespace
} // namespace dengji::templates
