#include "net/mail/mail_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/mail/mail.hpp"

namespace ae::mail {

namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMail = ".eml";
constexpr std::string_view kHalf = ".part";

[[noreturn]] void fail(const char* what, const fs::path& path) {
    throw std::system_error{errno, std::generic_category(), std::string{what} + " " + path.string()};
}

class File {
  public:
    File(const fs::path& path, int flags, mode_t mode = 0) : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)) {
        if (descriptor_ < 0) fail("cannot open", path_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(descriptor_); }

    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto wrote = ::write(descriptor_, bytes.data(), bytes.size());
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote < 0) fail("cannot write", path_);
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
    }
    void sync() const {
        if (::fsync(descriptor_) != 0) fail("cannot sync", path_);
    }

  private:
    fs::path path_;
    int descriptor_;
};

void sync_folder(const fs::path& folder) { File{folder, O_RDONLY | O_DIRECTORY}.sync(); }

}  // namespace

MailFolder::MailFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator{folder_}) {
        if (entry.path().extension() == kHalf) fs::remove(entry.path());
    }
}

std::filesystem::path MailFolder::put_blocking(const std::string& id, std::string_view message) {
    const fs::path half = folder_ / (id + std::string{kHalf});
    {
        const File file{half, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR};
        file.write(message);
        file.sync();
    }
    fs::rename(half, file_of(id));
    sync_folder(folder_);
    return file_of(id);
}

std::vector<std::string> MailFolder::list_blocking() const {
    std::vector<std::string> ids;
    for (const auto& entry : fs::directory_iterator{folder_}) {
        if (entry.path().extension() == kMail) ids.push_back(entry.path().stem().string());
    }
    std::ranges::sort(ids);
    return ids;
}

std::string MailFolder::read_blocking(const std::string& id) const {
    std::ifstream file{file_of(id), std::ios::binary};
    if (!file) fail("cannot read", file_of(id));
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

void MailFolder::remove_blocking(const std::string& id) {
    fs::remove(file_of(id));
    sync_folder(folder_);
}

void MailFolder::move_blocking(const std::string& id, const MailFolder& to) {
    fs::rename(file_of(id), to.file_of(id));
    sync_folder(to.folder_);
    sync_folder(folder_);
}

std::string recipient_of(std::string_view message) {
    static constexpr std::string_view kTo = "\r\nTo: <";
    const auto at = message.find(kTo);
    if (at == std::string_view::npos || at > message.find("\r\n\r\n")) return {};
    const auto rest = message.substr(at + kTo.size());
    const auto address = rest.substr(0, std::min(rest.find('>'), rest.size()));
    return is_address(address) ? std::string{address} : std::string{};
}

}  // namespace ae::mail
