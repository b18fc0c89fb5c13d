#include "pipeline/base/files.h"

#include "pipeline/base/error.h"
#include "pipeline/base/sha256.h"

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace dengji {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

ErrorKind kind_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        EXPECT_NE(error.next_step(), "");
        return error.kind();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorKind::internal;
}

std::string some_bytes(std::mt19937& random, std::size_t length) {
    std::string bytes(length, ' ');
    for (auto& byte : bytes) byte = static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    return bytes;
}

TEST(Files, AnyBytesGoThereAndBack) {
    std::mt19937 random(1);
    const TempFolder folder("test");
    for (const std::size_t length : {0u, 1u, 4095u, 65536u, 65537u, 300000u}) {
        const auto bytes = some_bytes(random, length);
        write_file(folder.path() / "a 'file' 名", bytes);
        ASSERT_EQ(read_file(folder.path() / "a 'file' 名"), bytes);
        write_copy(folder.path() / "a 'file' 名", folder.path() / "copy");
        ASSERT_EQ(read_file(folder.path() / "copy"), bytes);
        ASSERT_EQ(sha256_of_file(folder.path() / "copy"), sha256_of(bytes));
    }
    EXPECT_EQ(names_in(folder.path()).size(), 2u) << "no scratch file is left";
}

TEST(Files, WithoutCommitNothingChanges) {
    const TempFolder folder("test");
    write_file(folder.path() / "kept", "before");
    {
        AtomicFile file(folder.path() / "kept");
        file.write("after");
        EXPECT_EQ(read_file(folder.path() / "kept"), "before");
    }
    EXPECT_EQ(read_file(folder.path() / "kept"), "before");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"kept"});
}

TEST(Files, ManyAtOnceUnderOneNameLeaveOneWholeFile) {
    const TempFolder folder("test");
    std::vector<std::thread> writers;
    for (char letter = 'a'; letter <= 'f'; ++letter) {
        writers.emplace_back([&, letter] {
            for (int i = 0; i < 10; ++i) write_file(folder.path() / "same", std::string(100000, letter));
        });
    }
    for (auto& writer : writers) writer.join();
    const auto content = read_file(folder.path() / "same");
    EXPECT_EQ(content, std::string(100000, content.front()));
    EXPECT_EQ(names_in(folder.path()).size(), 1u);
}

TEST(Files, GetTheRightsOfTheUmask) {
    const TempFolder folder("test");
    std::ofstream(folder.path() / "usual") << "x";
    write_file(folder.path() / "ours", "x");
    EXPECT_EQ(fs::status(folder.path() / "ours").permissions(), fs::status(folder.path() / "usual").permissions());
}

TEST(Files, WhatCannotBeReadIsInput) {
    const TempFolder folder("test");
    EXPECT_EQ(kind_of([&] { read_file(folder.path() / "absent"); }), ErrorKind::input);
    EXPECT_EQ(kind_of([&] { read_file(folder.path()); }), ErrorKind::input);
    EXPECT_EQ(kind_of([&] { write_copy(folder.path() / "absent", folder.path() / "copy"); }), ErrorKind::input);
    write_file(folder.path() / "large", std::string(100, 'x'));
    EXPECT_EQ(kind_of([&] { read_file(folder.path() / "large", 99); }), ErrorKind::input);
    EXPECT_EQ(read_file(folder.path() / "large", 100).size(), 100u);
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"large"});
}

TEST(Files, WhatCannotBeWrittenIsSpace) {
    const TempFolder folder("test");
    EXPECT_EQ(kind_of([&] { write_file(folder.path() / "absent" / "file", "x"); }), ErrorKind::space);
    EXPECT_EQ(kind_of([] { write_file("/proc/dengji-cannot-write-here", "x"); }), ErrorKind::space);
    fs::create_directory(folder.path() / "folder");
    EXPECT_EQ(kind_of([&] { write_file(folder.path() / "folder", "x"); }), ErrorKind::space);
    EXPECT_EQ(kind_of([] { make_folder("/proc/dengji/folder"); }), ErrorKind::space);
    write_file(folder.path() / "file", "x");
    EXPECT_EQ(kind_of([&] { make_folder(folder.path() / "file"); }), ErrorKind::space);
}

TEST(Files, AFullDiskIsSpaceAndLeavesNothing) {
    const TempFolder folder("test");
    // A limit on the size of files stands for the full disk.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{50000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    EXPECT_EQ(kind_of([&] { write_file(folder.path() / "file", std::string(100000, 'x')); }), ErrorKind::space);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_TRUE(names_in(folder.path()).empty());
}

TEST(TempFolder, IsPrivateAndGoesAway) {
    fs::path path;
    {
        const TempFolder folder("test");
        const TempFolder other("test");
        path = folder.path();
        EXPECT_NE(path, other.path());
        EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
        fs::create_directories(path / "a" / "b");
        std::ofstream(path / "a" / "b" / "file") << "x";
    }
    EXPECT_FALSE(fs::exists(path));
}

TEST(Sha256, MatchesTheStandardsExamples) {
    EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, DoesNotDependOnThePieces) {
    std::mt19937 random(2);
    for (int i = 0; i < 100; ++i) {
        const auto bytes = some_bytes(random, std::uniform_int_distribution<std::size_t>(0, 500)(random));
        Sha256 hash;
        std::string_view rest = bytes;
        while (!rest.empty()) {
            const auto length = std::uniform_int_distribution<std::size_t>(0, rest.size())(random);
            hash.add(rest.substr(0, length));
            rest.remove_prefix(length);
        }
        ASSERT_EQ(hash.hex(), sha256_of(bytes));
    }
}

} // namespace
} // namespace dengji
