#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace dengji::app {

/// A folder that takes a batch of certificates, one file each. Files come to their places one by one and are logged
/// together: where the program was killed in between, some are there that the register knows nothing of. A note in the
/// folder, written before the first file and taken away when all are logged, says so to whoever opens it and to the
/// next batch.
class BatchFolder {
public:
    /// Makes the folder, and clears away half-written files of batches that were broken off. Throws Error(space).
    explicit BatchFolder(std::filesystem::path folder);
    /// Takes the note away when no file came to its place; leaves it otherwise.
    ~BatchFolder();
    BatchFolder(const BatchFolder&) = delete;
    BatchFolder& operator=(const BatchFolder&) = delete;

    std::filesystem::path place_of(const std::string& number) const;

    /// Writes the note of this batch.
    void begin(const std::vector<std::string>& numbers);
    /// From now on files may stand at their places.
    void deliver() { delivering_ = true; }
    /// All are there and logged: the note goes, and so do those of broken batches whose certificates all are logged by
    /// now.
    void finish(const std::function<bool(const std::string&)>& logged);

    /// Numbers of broken batches that are not logged.
    std::vector<std::string> broken(const std::function<bool(const std::string&)>& logged) const;

private:
    /// Notes of programs that do not run any more.
    std::vector<std::filesystem::path> stale_notes() const;

    std::filesystem::path folder_, note_;
    bool delivering_ = false;
};

} // namespace dengji::app
