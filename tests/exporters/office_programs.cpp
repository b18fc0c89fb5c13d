#include "tests/exporters/office_programs.h"

#include <dengji_project.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::monthly::test {
namespace {

constexpr auto python = "/usr/bin/python3";

} // namespace

int run(const std::vector<std::string>& command) {
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool has_libreoffice() {
    return std::filesystem::exists("/usr/bin/soffice");
}

bool has_openpyxl() {
    return run({python, "-c", "import openpyxl"}) == 0;
}

std::filesystem::path script(const std::string& name) {
    return std::filesystem::path(DENGJI_SOURCE_DIR) / "tests/exporters" / name;
}

int run_python(const std::string& name, std::vector<std::string> words) {
    words.insert(words.begin(), {python, script(name).string()});
    return run(words);
}

} // namespace dengji::monthly::test
