#include "pipeline/reading/address_shape.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

TEST(AddressShape, UsualAddressesPass) {
    for (const char* right : {"", "嘉平镇洞塘村3组127号", "鼎山大道300号4幢10-1", "滨江路A栋12号", "学府路8号B座",
                              "一环路5号", "东风路十一号", "新街３号"}) {
        EXPECT_EQ(check_address(right).support, Support::none) << right;
        EXPECT_EQ(check_address(right).value, right);
    }
}

TEST(AddressShape, MisreadDigitsAreMarked) {
    for (const char* wrong :
         {"嘉平镇12组CO号", "解放路5/号", "园区大道1一号", "建设路l7号", "和平路2O号", "新街[8号"}) {
        const Verdict verdict = check_address(wrong);
        EXPECT_EQ(verdict.support, Support::against) << wrong;
        EXPECT_FALSE(verdict.reasons.empty());
        EXPECT_EQ(verdict.value, wrong) << "nothing is changed";
    }
}

} // namespace
} // namespace dengji::reading
