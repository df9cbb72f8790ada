#include "net/mail/mail_config.hpp"

#include "net/mail/mail.hpp"

namespace ae::mail {

void describe(config::Section& section, MailConfig& config) {
    section.field(
        "url", &config.url,
        "The mail server, as smtp://mail.example.org:587 or smtps://mail.example.org:465; empty: mails are written to outbox/ in the data directory, "
        "and nobody has to verify an address.");
    section.field("user", &config.user, "The name to sign in with; empty: without signing in.");
    section.field("password", &config.password, "The password to sign in with.");
    section.field("from", &config.from, "Who mails come from, as AeThex LIVE <no-reply@example.org>; needed with mail.url.");
    section
        .field("security", &config.security,
               "Whether smtp:// must be encrypted (STARTTLS): required; when_offered; or never, for a server on this machine.")
        .choices = {"required", "when_offered", "never"};
    section.field("ca_file", &config.ca_file, "PEM file with the authorities that sign the mail server's certificate; empty: those of the system.");
    auto& timeout = section.field("timeout", &config.timeout, "How long handing over one mail may take.");
    timeout.least = 1;
    timeout.most = 600;
    section
        .field("retry_first", &config.retry_first,
               "How soon a mail that was not taken is tried again; each further wait is four times as long, up to an hour.")
        .least = 0.01;
    section.field("retry_for", &config.retry_for, "How long a mail is tried before it is put aside in mail/failed/ of the data directory.").least = 1;
}

Result<void> check(const MailConfig& config) {
    const auto wrong = [](const char* why) { return Error{Errc::invalid, "mail_config_invalid", why}; };
    if (!config.from.empty() && !parse_mailbox(config.from)) return wrong("mail.from is no address such as AeThex LIVE <no-reply@example.org>.");
    if (!config.delivers()) return {};
    if (!config.url.starts_with("smtp://") && !config.url.starts_with("smtps://")) return wrong("mail.url begins with smtp:// or smtps://.");
    if (config.url.find('@') != std::string::npos)
        return wrong("mail.url names the server alone; the name and password are mail.user and mail.password.");
    if (config.from.empty()) return wrong("mail.from is needed with mail.url: who do mails come from?");
    return {};
}

}  // namespace ae::mail
