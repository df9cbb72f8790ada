// Takes mails and sees that they arrive: by SMTP, or as files for the operator when there is no mail server.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/id.hpp"
#include "net/mail/mail.hpp"
#include "net/mail/mail_config.hpp"
#include "net/mail/mail_folder.hpp"
#include "net/mail/retry_schedule.hpp"
#include "net/mail/smtp_client.hpp"

namespace ae::mail {

/// With a mail server, a mail lies in `<data>/mail/` until the server took it, also across a restart; it is tried again with growing waits, and put
/// aside in `<data>/mail/failed/` when it was refused for good or `retry_for` is over. What is on disk may arrive twice (with the same Message-ID), never
/// not at all. Without one, it becomes `<data>/outbox/<id>.eml`, and the log names the file.
class PostOffice {
  public:
    /// The references outlive it; the configuration was checked. Blocks while it reads what the last run left.
    PostOffice(const MailConfig& config, const std::filesystem::path& data, const Clock& clock, Random& random);
    /// Writes what was posted, and ends a delivery that runs; that mail stays for the next run.
    ~PostOffice();
    PostOffice(const PostOffice&) = delete;
    PostOffice& operator=(const PostOffice&) = delete;

    /// Whether mails reach people: whoever asks for a verified address asks this first.
    bool delivers() const { return config_.delivers(); }
    /// Returns at once; the mail is on disk a moment later, whatever the mail server does. From any thread. Refuses `mail_address_invalid`,
    /// `mail_subject_invalid`, and `mail_queue_full` (unavailable) when 10 000 wait.
    Result<void> post(Mail mail);
    /// How many wait to be written or delivered.
    std::size_t waiting() const;

  private:
    struct Letter {
        std::string id;
        std::string message;
    };

    /// With the mutex held.
    void show_depth();
    void write_all();
    void keep_blocking(const Letter& letter);
    void deliver_all();
    /// The next due mail; nullopt when it is time to stop.
    std::optional<std::string> wait_for_due();
    void deliver(const std::string& id);
    void conclude(const std::string& id, const DeliveryResult& result);
    void put_aside(const std::string& id, const DeliveryResult& result);
    bool too_old(const std::string& id) const;

    const MailConfig& config_;
    const Clock& clock_;
    Random& random_;
    Mailbox from_;
    MailFolder folder_;
    std::optional<MailFolder> failed_;
    std::optional<SmtpClient> smtp_;
    mutable std::mutex mutex_;  // between those who post, the thread that writes and the thread that delivers
    std::condition_variable changed_;
    std::deque<Letter> posted_;
    RetrySchedule schedule_;
    bool stopping_ = false;
    std::thread writer_;
    std::thread deliverer_;
};

}  // namespace ae::mail
