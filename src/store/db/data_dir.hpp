// The data directory: everything the server keeps on this machine, owned by one process at a time.
#pragma once

#include <filesystem>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace ae::db {

/// Holds the lock on `<data>/lock` for as long as it lives: a second server, or a command-line tool beside a running one, is refused.
class DataDir {
  public:
    /// Makes the directory (0700) if it is not there. Refuses `data_dir_locked`; throws when the directory cannot be made or written.
    static Result<DataDir> open_blocking(const std::filesystem::path& path);
    DataDir(DataDir&& other) noexcept : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}
    DataDir& operator=(DataDir&&) = delete;
    ~DataDir();

    const std::filesystem::path& path() const { return path_; }
    /// The 32 bytes in `server.secret` (0600), made at the first call and never again: stream keys are sealed under them.
    /// Throws when the file is not what it was, rather than making a second one.
    Secret server_secret_blocking(Random& random) const;

  private:
    DataDir(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_ = -1;
};

}  // namespace ae::db
