#include "pipeline/reading/read_page.h"

#include "pipeline/base/data_folder.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

class PageReaderTest : public ::testing::Test {
protected:
    PageResult read(const cv::Mat& image) {
        intake::Page page;
        page.source = "page.png";
        page.number = 3;
        page.image = image;
        return reader.read(page);
    }

    const std::vector<templates::Form> forms = templates::load_forms(data_path("templates/forms"));
    PageReader reader{forms};
};

TEST_F(PageReaderTest, PaperIsNoSheet) {
    const PageResult result = read(cv::Mat(2339, 1654, CV_8UC1, cv::Scalar(245)));
    EXPECT_NE(result.kind, "registration");
    EXPECT_EQ(result.source, "page.png");
    EXPECT_EQ(result.page, 3);
    EXPECT_TRUE(result.readings.empty());
    EXPECT_TRUE(result.form.empty());
    EXPECT_FALSE(result.failed);
}

TEST_F(PageReaderTest, AnotherTableIsOtherWithAReason) {
    cv::Mat image(2339, 1654, CV_8UC1, cv::Scalar(250));
    for (int y = 200; y <= 2000; y += 100) cv::line(image, {150, y}, {1500, y}, cv::Scalar(20), 3);
    for (int x = 150; x <= 1500; x += 270) cv::line(image, {x, 200}, {x, 2000}, cv::Scalar(20), 3);
    const PageResult result = read(image);
    EXPECT_EQ(result.kind, "other");
    EXPECT_FALSE(result.reasons.empty());
    EXPECT_TRUE(result.readings.empty());
}

TEST_F(PageReaderTest, StrangeImagesAreNoFault) {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(5, 4000), cv::Size(4000, 5)}) {
        EXPECT_NO_THROW(EXPECT_NE(read(cv::Mat(size, CV_8UC1, cv::Scalar(0))).kind, "registration")) << size;
        EXPECT_NO_THROW(read(cv::Mat(size, CV_8UC3, cv::Scalar(255, 255, 255)))) << size;
    }
}

} // namespace
} // namespace dengji::reading
