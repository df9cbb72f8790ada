// A folder of mails, one file each: a mail that was put there is on disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace ae::mail {

/// Everything blocks, and throws when the disk does not do as it is told.
class MailFolder {
  public:
    /// Makes the folder (0700) where it is missing, and removes what a crash left half written.
    explicit MailFolder(std::filesystem::path folder);

    const std::filesystem::path& path() const { return folder_; }
    /// Writes `<id>.eml` (0600); when this returns, a power cut does not lose it. Answers the file.
    std::filesystem::path put_blocking(const std::string& id, std::string_view message);
    /// The ids of what is there, oldest first.
    std::vector<std::string> list_blocking() const;
    std::string read_blocking(const std::string& id) const;
    void remove_blocking(const std::string& id);
    /// Moves a mail to another folder on the same disk.
    void move_blocking(const std::string& id, const MailFolder& to);

  private:
    std::filesystem::path file_of(const std::string& id) const { return folder_ / (id + ".eml"); }
    std::filesystem::path folder_;
};

/// The address in the `To` header of a message that `compose` wrote; empty when it is none of ours.
std::string recipient_of(std::string_view message);

}  // namespace ae::mail
