#include "store/db/data_dir.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace ae::db {

namespace {

constexpr std::size_t kSecretBytes = 32;

[[noreturn]] void broken(const std::filesystem::path& path, std::string_view doing) {
    throw std::system_error(errno, std::generic_category(), fmt::format("cannot {} {}", doing, path.string()));
}

class File {
  public:
    File(const std::filesystem::path& path, int flags, mode_t mode = 0) : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (descriptor_ < 0) broken(path_, "open");
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }
    void sync() {
        if (::fsync(descriptor_) != 0) broken(path_, "write");
    }

  private:
    std::filesystem::path path_;
    int descriptor_;
};

// Written beside its place and renamed, so that a cut in the middle leaves no half secret that the next start would have to refuse.
void write_secret(const std::filesystem::path& directory, const Secret& secret) {
    const auto fresh = directory / "server.secret.new";
    {
        File file{fresh, O_WRONLY | O_CREAT | O_TRUNC, 0600};
        if (::write(file.get(), secret.reveal().data(), kSecretBytes) != static_cast<ssize_t>(kSecretBytes)) broken(fresh, "write");
        file.sync();
    }
    std::filesystem::rename(fresh, directory / "server.secret");
    File{directory, O_RDONLY | O_DIRECTORY}.sync();
}

}  // namespace

Result<DataDir> DataDir::open_blocking(const std::filesystem::path& path) {
    if (!path.parent_path().empty()) std::filesystem::create_directories(path.parent_path());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) broken(path, "make");

    File lock{path / "lock", O_RDWR | O_CREAT, 0600};
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return DataDir{std::filesystem::absolute(path), lock.release()};
    if (errno != EWOULDBLOCK) broken(path / "lock", "lock");
    return Error{Errc::conflict, "data_dir_locked",
                 fmt::format("Another AeThex LIVE server uses the data directory {}. Stop it first, or choose another directory.", path.string())};
}

DataDir::~DataDir() {
    if (lock_ >= 0) ::close(lock_);
}

Secret DataDir::server_secret_blocking(Random& random) const {
    const auto place = path_ / "server.secret";
    if (!std::filesystem::exists(place)) {
        std::string fresh(kSecretBytes, '\0');
        random.fill({reinterpret_cast<std::uint8_t*>(fresh.data()), fresh.size()});
        const Secret secret{std::move(fresh)};
        write_secret(path_, secret);
        return secret;
    }
    const File file{place, O_RDONLY};
    std::string bytes(kSecretBytes + 1, '\0');
    const auto size = ::read(file.get(), bytes.data(), bytes.size());
    if (size != static_cast<ssize_t>(kSecretBytes)) {
        throw std::runtime_error(
            fmt::format("{} does not hold {} bytes; restore it from a backup: stream keys are sealed under it", place.string(), kSecretBytes));
    }
    bytes.resize(kSecretBytes);
    return Secret{std::move(bytes)};
}

}  // namespace ae::db
