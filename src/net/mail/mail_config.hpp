// Where mail goes.
#pragma once

#include <chrono>
#include <string>

#include "base/config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::mail {

struct MailConfig {
    /// Empty: mails become files in `<data>/outbox`.
    std::string url;
    std::string user;
    Secret password;
    std::string from;
    std::string security = "required";
    std::string ca_file;
    Duration timeout = std::chrono::seconds{30};
    Duration retry_first = std::chrono::seconds{15};
    Duration retry_for = std::chrono::hours{24};

    bool delivers() const { return !url.empty(); }
};

void describe(config::Section& section, MailConfig& config);
/// What no single field can say. Refuses `mail_config_invalid` with a sentence for the operator.
Result<void> check(const MailConfig& config);

}  // namespace ae::mail
