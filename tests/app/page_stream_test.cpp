#include "pipeline/app/page_stream.h"

#include "pipeline/base/error.h"

#include <atomic>
#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace dengji::app {
namespace {

class FakeDocument : public intake::Document {
public:
    explicit FakeDocument(int pages) : pages_(pages) {}
    int page_count() const override { return pages_; }
    intake::Page page(int number) override {
        if (number == 13) throw Error(ErrorKind::input, "page 13 is damaged", "scan it again");
        return {};
    }

private:
    int pages_;
};

struct Seen {
    std::size_t file;
    int page; ///< 0: problem of the whole file
    bool failed;
    bool operator==(const Seen&) const = default;
};

class Recorder : public PageSink {
public:
    void page(std::size_t file, reading::PageResult&& result) override {
        seen.push_back({file, result.page, result.failed});
        reasons.insert(reasons.end(), result.reasons.begin(), result.reasons.end());
        --unread;
    }
    void problem(std::size_t file, FileProblem&& problem) override {
        seen.push_back({file, 0, true});
        problems.push_back(problem.message);
    }
    void progress(std::size_t done, std::size_t total) override {
        EXPECT_LE(done, total);
        last_done = done;
        last_total = total;
    }
    std::vector<Seen> seen;
    std::vector<std::string> problems;
    Reasons reasons;
    std::atomic<int> unread = 0;
    std::size_t last_done = 0, last_total = 0;
};

std::vector<intake::Delivered> files(std::size_t count) {
    std::vector<intake::Delivered> delivery(count);
    for (std::size_t i = 0; i < count; ++i) delivery[i].file = "file" + std::to_string(i);
    return delivery;
}

StreamOptions with_page_counts(std::vector<int> counts, int jobs) {
    StreamOptions options;
    options.jobs = jobs;
    options.open = [counts = std::move(counts)](std::size_t file) -> std::unique_ptr<intake::Document> {
        if (counts[file] == 0) throw Error(ErrorKind::input, "it is empty", "scan it again");
        return std::make_unique<FakeDocument>(counts[file]);
    };
    return options;
}

/// Takes a time that differs from page to page, so that pages overtake each other.
MakeReadPage jittery() {
    return [] {
        return [random = std::make_shared<std::mt19937>(std::random_device{}())](const intake::Page&) {
            std::this_thread::sleep_for(std::chrono::microseconds((*random)() % 400));
            return reading::PageResult{};
        };
    };
}

TEST(PageStream, ResultsComeInTheOrderOfTheDeliveryWhateverTheWorkersDo) {
    std::mt19937 random(7);
    for (int round = 0; round < 25; ++round) {
        std::vector<int> counts(1 + random() % 12);
        for (auto& count : counts) count = static_cast<int>(random() % 9);
        std::vector<Seen> expected;
        for (std::size_t f = 0; f < counts.size(); ++f) {
            if (counts[f] == 0) expected.push_back({f, 0, true});
            for (int page = 1; page <= counts[f]; ++page) expected.push_back({f, page, false});
        }
        Recorder recorder;
        const int jobs = 1 + static_cast<int>(random() % 6);
        EXPECT_TRUE(stream_pages(files(counts.size()), with_page_counts(counts, jobs), jittery(), recorder));
        EXPECT_EQ(recorder.seen, expected);
        EXPECT_EQ(recorder.last_done, recorder.last_total);
    }
}

TEST(PageStream, AnEmptyDeliveryEndsAtOnce) {
    Recorder recorder;
    EXPECT_TRUE(stream_pages({}, {}, jittery(), recorder));
    EXPECT_TRUE(recorder.seen.empty());
}

TEST(PageStream, ABadPageFailsAloneAndSaysWhy) {
    Recorder recorder;
    EXPECT_TRUE(stream_pages(files(2), with_page_counts({14, 1}, 2), jittery(), recorder));
    ASSERT_EQ(recorder.seen.size(), 15u);
    EXPECT_EQ(recorder.seen[12], (Seen{0, 13, true}));
    ASSERT_EQ(recorder.reasons.size(), 1u);
    EXPECT_EQ(recorder.reasons[0].en, "page 13 is damaged; scan it again");
    EXPECT_FALSE(recorder.reasons[0].zh.empty());
}

TEST(PageStream, WhatAReaderThrowsForOnePageFailsThatPageWithoutRepeatingItsText) {
    Recorder recorder;
    const MakeReadPage maker = [] {
        return [](const intake::Page& page) -> reading::PageResult {
            if (page.number == 2) throw std::runtime_error("张三 510225190001011234");
            if (page.number == 3) throw std::bad_alloc();
            return {};
        };
    };
    EXPECT_TRUE(stream_pages(files(1), with_page_counts({4}, 2), maker, recorder));
    EXPECT_EQ(recorder.seen, (std::vector<Seen>{{0, 1, false}, {0, 2, true}, {0, 3, true}, {0, 4, false}}));
    ASSERT_EQ(recorder.reasons.size(), 2u);
    EXPECT_EQ(recorder.reasons[0].en.find("510225"), std::string::npos);
    EXPECT_NE(recorder.reasons[1].en.find("memory"), std::string::npos);
}

TEST(PageStream, WhatIsNotAboutTheInputEndsEverything) {
    for (const auto kind : {ErrorKind::data, ErrorKind::space, ErrorKind::database}) {
        Recorder recorder;
        const MakeReadPage maker = [kind] {
            return [kind](const intake::Page& page) -> reading::PageResult {
                if (page.number == 5) throw Error(kind, "no");
                return {};
            };
        };
        try {
            stream_pages(files(3), with_page_counts({9, 9, 9}, 3), maker, recorder);
            FAIL() << "nothing was thrown";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), kind);
        }
    }
}

TEST(PageStream, AReaderThatCannotBeMadeEndsEverything) {
    Recorder recorder;
    const MakeReadPage maker = []() -> ReadPage { throw Error(ErrorKind::data, "model missing"); };
    EXPECT_THROW(stream_pages(files(3), with_page_counts({9, 9, 9}, 3), maker, recorder), Error);
    EXPECT_TRUE(recorder.seen.empty());
}

TEST(PageStream, WhatTheSinkThrowsComesOut) {
    class Full : public PageSink {
        void page(std::size_t, reading::PageResult&&) override { throw Error(ErrorKind::space, "disk full"); }
        void problem(std::size_t, FileProblem&&) override {}
    } full;
    EXPECT_THROW(stream_pages(files(3), with_page_counts({9, 9, 9}, 3), jittery(), full), Error);
}

TEST(PageStream, ReadsNoPageThatIsKnown) {
    Recorder recorder;
    auto options = with_page_counts({4, 3, 2}, 2);
    options.already_read = [](std::size_t file, int count) {
        EXPECT_EQ(count, 4 - static_cast<int>(file));
        return file == 0 ? std::set<int>{1, 3} : file == 1 ? std::set<int>{1, 2, 3} : std::set<int>{};
    };
    EXPECT_TRUE(stream_pages(files(3), options, jittery(), recorder));
    EXPECT_EQ(recorder.seen, (std::vector<Seen>{{0, 2, false}, {0, 4, false}, {2, 1, false}, {2, 2, false}}));
    EXPECT_EQ(recorder.last_done, 9u);
    EXPECT_EQ(recorder.last_total, 9u);
}

TEST(PageStream, StopsAfterThePagesInFlightAndKeepsTheirResults) {
    Recorder recorder;
    std::atomic<int> started = 0;
    auto options = with_page_counts({500}, 3);
    options.stop = [&] { return started >= 20; };
    const MakeReadPage maker = [&] {
        return [&](const intake::Page&) {
            ++started;
            return reading::PageResult{};
        };
    };
    EXPECT_FALSE(stream_pages(files(1), options, maker, recorder));
    // Every page that was begun is handed over; the look at the clock and the last pages may cross.
    EXPECT_GE(static_cast<int>(recorder.seen.size()), 20);
    EXPECT_LE(static_cast<int>(recorder.seen.size()), started.load() + 1);
    EXPECT_LT(started.load(), 40);
}

TEST(PageStream, HoldsABoundedNumberOfResultsWhileTheFirstPageIsSlow) {
    Recorder recorder;
    std::atomic<int> most_waiting = 0;
    std::atomic<bool> first_done = false;
    const MakeReadPage maker = [&] {
        return [&](const intake::Page& page) {
            if (page.source == "file0") {
                std::this_thread::sleep_for(std::chrono::milliseconds(150));
                first_done = true;
            } else if (!first_done) {
                ++most_waiting;
            }
            return reading::PageResult{};
        };
    };
    EXPECT_TRUE(stream_pages(files(300), with_page_counts(std::vector<int>(300, 5), 4), maker, recorder));
    EXPECT_EQ(recorder.seen.size(), 1500u);
    EXPECT_LE(most_waiting.load(), 40);
}

TEST(PageStream, NamesWhatTheDeliveryItselfCouldNotRead) {
    auto delivery = files(2);
    delivery[0].problem = "you may not read this folder";
    Recorder recorder;
    EXPECT_TRUE(stream_pages(delivery, with_page_counts({1, 1}, 1), jittery(), recorder));
    EXPECT_EQ(recorder.problems, std::vector<std::string>{"you may not read this folder"});
    EXPECT_EQ(recorder.seen.size(), 2u);
}

} // namespace
} // namespace dengji::app
