#pragma once
#include "ocr/aligned.h"

#include <filesystem>
#include <string>
#include <vector>

namespace dengji::ocr {

/// Numbers by rows; a vector has one row.
struct Tensor {
    std::string name;
    int rows = 1, columns = 0;
    Floats values;
};

/// Hands out the tensors of a file that scripts/models/export_recogniser.py wrote, in their order. All members throw
/// Error(data) when the file is broken, or holds something else than what is asked for.
class WeightsFile {
public:
    explicit WeightsFile(const std::filesystem::path& file);

    /// Any size, as long as the name fits.
    Tensor take(const std::string& name);
    Tensor take(const std::string& name, int rows, int columns);
    void expect_end();

private:
    std::string line();

    std::string content_;
    std::size_t at_ = 0;
};

/// Says that the model of the second reader is of no use, and what to do.
[[noreturn]] void broken_model(const std::string& what);

} // namespace dengji::ocr
