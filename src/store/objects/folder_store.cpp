#include "store/objects/folder_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

namespace ae::objects {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kThreads = 2;
constexpr std::size_t kMostWaiting = 256;
/// Where files are while they are written: on the same file system, and no word of a name begins with a dot.
constexpr std::string_view kUnfinished = ".unfinished";

[[noreturn]] void broken(const fs::path& path, std::string_view doing) {
    throw std::system_error(errno, std::generic_category(), fmt::format("cannot {} {}", doing, path.string()));
}

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return descriptor_; }
    bool open() const { return descriptor_ >= 0; }

  private:
    int descriptor_;
};

void sync_folder(const fs::path& path) {
    const File folder{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder.open() || ::fsync(folder.get()) != 0) broken(path, "sync");
}

/// Also the folders above, up to one that was there: a synced file in a folder that power takes away is gone as well.
void make_folder(const fs::path& path) {
    if (fs::exists(path)) return;
    make_folder(path.parent_path());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) broken(path, "make");
    sync_folder(path.parent_path());
}

void write_whole(const File& file, const fs::path& path, BytesView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) broken(path, "write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(file.get()) != 0) broken(path, "sync");
}

/// Removes what was begun when it could not be finished.
void put_blocking(const fs::path& unfinished_folder, const fs::path& place, BytesView bytes) {
    std::string unfinished = (unfinished_folder / "XXXXXX").string();
    const File file{::mkostemp(unfinished.data(), O_CLOEXEC)};
    if (!file.open()) broken(unfinished, "make");
    try {
        write_whole(file, unfinished, bytes);
        make_folder(place.parent_path());
        fs::rename(unfinished, place);
    } catch (...) {
        std::error_code ignored;
        fs::remove(unfinished, ignored);
        throw;
    }
    sync_folder(place.parent_path());
}

Result<SharedBytes> get_blocking(const fs::path& place) {
    const File file{::open(place.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (!file.open() && (errno == ENOENT || errno == ENOTDIR)) return Error{Errc::not_found, "object_not_found", "It is not there (any more)."};
    struct stat facts{};
    if (!file.open() || ::fstat(file.get(), &facts) != 0) broken(place, "open");
    auto bytes = std::make_shared<Bytes>(static_cast<std::size_t>(facts.st_size));
    std::size_t at = 0;
    while (at < bytes->size()) {
        const auto got = ::read(file.get(), bytes->data() + at, bytes->size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) broken(place, "read");
        at += static_cast<std::size_t>(got);
    }
    return SharedBytes{std::move(bytes)};
}

void remove_blocking(const fs::path& place) {
    if (::unlink(place.c_str()) == 0) return sync_folder(place.parent_path());
    if (errno != ENOENT && errno != ENOTDIR) broken(place, "remove");
}

}  // namespace

FolderStore::FolderStore(fs::path folder) : folder_(std::move(folder)), pool_("objects", kThreads, kMostWaiting) {}

std::unique_ptr<FolderStore> FolderStore::open_blocking(const fs::path& folder) {
    const auto whole = fs::absolute(folder);
    make_folder(whole);
    fs::remove_all(whole / kUnfinished);
    make_folder(whole / kUnfinished);
    return std::unique_ptr<FolderStore>{new FolderStore{whole}};
}

io::Task<Result<void>> FolderStore::put(ObjectName name, SharedBytes bytes) {
    auto work = [unfinished = folder_ / kUnfinished, place = place_of(name), bytes] { put_blocking(unfinished, place, *bytes); };
    co_return co_await pool_.run(std::move(work));
}

io::Task<Result<SharedBytes>> FolderStore::get(ObjectName name) {
    auto work = [place = place_of(name)] { return get_blocking(place); };
    co_return co_await pool_.run(std::move(work));
}

io::Task<Result<void>> FolderStore::remove(ObjectName name) {
    auto work = [place = place_of(name)] { remove_blocking(place); };
    co_return co_await pool_.run(std::move(work));
}

io::Task<Result<bool>> FolderStore::exists(ObjectName name) {
    auto work = [place = place_of(name)] { return fs::exists(place); };
    co_return co_await pool_.run(std::move(work));
}

}  // namespace ae::objects
