#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::monthly::test {

/// Runs a program; its exit code, -1 when it could not be started.
int run(const std::vector<std::string>& command);

bool has_libreoffice();
bool has_openpyxl();

/// A script beside these tests, python's run by the python that has Debian's packages.
std::filesystem::path script(const std::string& name);
int run_python(const std::string& name, std::vector<std::string> words);

} // namespace dengji::monthly::test
