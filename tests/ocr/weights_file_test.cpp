#include "ocr/weights_file.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/sha256.h"

#include <cstring>
#include <gtest/gtest.h>

namespace dengji::ocr {
namespace {

const std::string heading = "dengji-line-net 1\n";

std::string as_bytes(const std::vector<float>& numbers) {
    std::string bytes(numbers.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    return bytes;
}

/// Behind what was written comes its checksum.
std::string sealed(std::string content) {
    const std::string sum = sha256_of(content);
    for (std::size_t i = 0; i < sum.size(); i += 2)
        content += static_cast<char>(std::stoi(sum.substr(i, 2), nullptr, 16));
    return content;
}

const std::string two_tensors =
    heading + "a.weights 2 3\n" + as_bytes({1, 2, 3, 4, 5, 6}) + "a.shift 3\n" + as_bytes({7, 8, 9}) + "end\n";

class WeightsFileReads : public testing::Test {
protected:
    WeightsFile file_with(const std::string& content) const {
        write_file(folder.path() / "net.weights", content);
        return WeightsFile(folder.path() / "net.weights");
    }
    template <typename Use>
    void expect_broken(const std::string& content, Use use) const {
        try {
            WeightsFile file = file_with(content);
            use(file);
            FAIL() << "took a broken file";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_NE(error.next_step().find("scripts/models/fetch"), std::string::npos);
        }
    }
    void expect_broken(const std::string& content) const {
        expect_broken(content, [](WeightsFile& /*file*/) {});
    }
    TempFolder folder{"weights-test"};
};

TEST_F(WeightsFileReads, TensorsInTheirOrder) {
    WeightsFile file = file_with(sealed(two_tensors));
    const Tensor weights = file.take("a.weights");
    EXPECT_EQ(weights.rows, 2);
    EXPECT_EQ(weights.columns, 3);
    EXPECT_EQ(weights.values, Floats({1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(file.take("a.shift", 1, 3).values, Floats({7, 8, 9}));
    file.expect_end();
}

TEST_F(WeightsFileReads, NothingFromAFileWithAnotherChecksum) {
    const std::string whole = sealed(two_tensors);
    for (const std::size_t size : {std::size_t{0}, std::size_t{31}, whole.size() / 2, whole.size() - 1})
        expect_broken(whole.substr(0, size));
    for (std::size_t place = 0; place < whole.size(); place += 7) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 4);
        expect_broken(changed);
    }
}

TEST_F(WeightsFileReads, OnlyWhatIsAskedFor) {
    const std::string whole = sealed(two_tensors);
    expect_broken(whole, [](WeightsFile& file) { file.take("b.weights"); });
    expect_broken(whole, [](WeightsFile& file) { file.take("a.weights", 3, 2); });
    expect_broken(whole, [](WeightsFile& file) { file.expect_end(); });
    expect_broken(whole, [](WeightsFile& file) {
        file.take("a.weights");
        file.take("a.shift");
        file.take("a.more");
    });
}

TEST_F(WeightsFileReads, NoSizesBeyondTheFile) {
    for (const std::string size : {"9 9", "0 3", "-2 3", "70000 70000", "99999999999 1", "x", ""})
        expect_broken(sealed(heading + "a.weights " + size + "\n" + as_bytes({1, 2, 3})),
                      [](WeightsFile& file) { file.take("a.weights"); });
}

TEST_F(WeightsFileReads, NoOtherKindOfFile) {
    expect_broken(sealed("dengji-line-net 2\nend\n"));
    expect_broken(sealed(""));
    EXPECT_THROW(WeightsFile("/nonexistent/net.weights"), Error);
}

} // namespace
} // namespace dengji::ocr
