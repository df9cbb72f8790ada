// Hands one mail after the other to the mail server. Blocks; belongs to one thread.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "net/mail/mail_config.hpp"

namespace ae::mail {

/// sent: the server has it. later: not now (4xx, or it does not let us in). refused: never this mail (5xx). unreachable: no server there.
enum class Delivery { sent, later, refused, unreachable };

struct DeliveryResult {
    Delivery delivery = Delivery::unreachable;
    /// The server's last status; 0: it gave none.
    int status = 0;
    /// In libcurl's words, which name no address.
    std::string why = {};
};

class SmtpClient {
  public:
    /// The configuration outlives the client.
    explicit SmtpClient(const MailConfig& config);
    ~SmtpClient();
    SmtpClient(const SmtpClient&) = delete;
    SmtpClient& operator=(const SmtpClient&) = delete;

    /// Both addresses were checked; the message is what `compose` made. Keeps its connection for the next one.
    DeliveryResult send_blocking(const std::string& from, const std::string& to, std::string_view message);
    /// Ends what runs, within a second or so; from any thread. What comes later ends at once.
    void stop() { stopping_ = true; }

  private:
    struct Connection;
    const MailConfig& config_;
    std::unique_ptr<Connection> connection_;
    std::atomic<bool> stopping_{false};
};

}  // namespace ae::mail
