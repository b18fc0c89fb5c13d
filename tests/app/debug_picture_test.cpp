#include "pipeline/app/debug_picture.h"

#include "pipeline/app/debug_folder.h"
#include "pipeline/app/upright_picture.h"
#include "tests/intake/fixtures.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::app {
namespace {

TEST(UprightPicture, KnowsWhereEachPixelWent) {
    // A dark spot near the top left of the delivered page must be found again after every turn.
    cv::Mat page(300, 200, CV_8UC1, cv::Scalar(255));
    cv::circle(page, {30, 50}, 4, cv::Scalar(0), cv::FILLED);
    for (const int orientation : {0, 90, 180, 270}) {
        UprightPicture picture(page, orientation);
        EXPECT_EQ(picture.pixels().size(), orientation % 180 == 0 ? cv::Size(200, 300) : cv::Size(300, 200));
        const cv::Point spot = picture.place({30, 50});
        EXPECT_LT(picture.pixels().at<cv::Vec3b>(spot)[0], 120) << orientation;
    }
}

TEST(UprightPicture, IsNoLargerThanNeeded) {
    UprightPicture picture(cv::Mat(6000, 4000, CV_8UC3, cv::Scalar::all(255)), 90);
    EXPECT_LE(std::max(picture.pixels().rows, picture.pixels().cols), 2200);
    const auto corner = picture.place({3999, 5999});
    EXPECT_GE(corner.x, 0);
    EXPECT_LT(corner.y, picture.pixels().rows + 1);
}

TEST(DebugPicture, SaysWhyAPageIsNoForm) {
    TextPainter painter;
    intake::Page page;
    page.image = cv::Mat(400, 300, CV_8UC1, cv::Scalar(255));
    layout::Sheet sheet;
    reading::PageResult result;
    result.reasons.push_back({"no-table", "没有表格", "there is no table"});
    const auto picture = draw_findings(page, sheet, result, painter);
    EXPECT_EQ(picture.cols, 300);
    EXPECT_GT(picture.rows, 400);
    EXPECT_GT(cv::countNonZero(picture.rowRange(400, picture.rows).reshape(1) < 200), 50)
        << "the reason is written there";
}

TEST(TextPainter, DrawsChineseAndClipsAtTheEdge) {
    TextPainter painter;
    EXPECT_GT(painter.width("登记", 20), 30);
    EXPECT_EQ(painter.width("", 20), 0);
    cv::Mat picture(30, 40, CV_8UC3, cv::Scalar::all(255));
    painter.draw(picture, {2, 24}, "登记登记登记", 20, {0, 0, 0});
    painter.draw(picture, {-30, -5}, "登记", 20, {0, 0, 0});
    painter.draw(picture, {500, 500}, "\xff\xfe broken", 20, {0, 0, 0});
    EXPECT_GT(cv::countNonZero(picture.reshape(1) < 100), 50);
}

TEST(DebugFolder, KeepsPicturesOfLikeNamesApart) {
    intake::test::TempFolder folder;
    DebugFolder debug(folder.path() / "new" / "pictures");
    const cv::Mat picture(10, 10, CV_8UC3, cv::Scalar::all(255));
    debug.write("a/scan.pdf", 1, picture);
    debug.write("b/scan.tif", 1, picture);
    debug.write("a/scan.pdf", 12, picture);
    for (const auto* name : {"scan-p001.jpg", "scan-2-p001.jpg", "scan-p012.jpg"})
        EXPECT_TRUE(std::filesystem::exists(folder.path() / "new" / "pictures" / name)) << name;
}

} // namespace
} // namespace dengji::app
