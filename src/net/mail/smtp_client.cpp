// libcurl's SMTP, seen here and nowhere else.
#include "net/mail/smtp_client.hpp"

#include <algorithm>
#include <cstring>

#include <curl/curl.h>

#include "base/check.hpp"

namespace ae::mail {

namespace {

constexpr int kAuthenticationNeeded = 530;
constexpr int kAuthenticationFailed = 535;

/// What curl reads the message from.
struct Reading {
    std::string_view rest;
};

std::size_t on_read(char* out, std::size_t, std::size_t most, void* context) {
    auto& reading = *static_cast<Reading*>(context);
    const auto count = std::min(most, reading.rest.size());
    std::memcpy(out, reading.rest.data(), count);
    reading.rest.remove_prefix(count);
    return count;
}

int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return *static_cast<std::atomic<bool>*>(context) ? 1 : 0; }

long security_of(const MailConfig& config) {
    if (config.security == "never") return CURLUSESSL_NONE;
    return config.security == "when_offered" ? CURLUSESSL_TRY : CURLUSESSL_ALL;
}

Delivery delivery_of(CURLcode code, int status) {
    if (code == CURLE_OK) return Delivery::sent;
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_USE_SSL_FAILED:
        case CURLE_LOGIN_DENIED:
        case CURLE_ABORTED_BY_CALLBACK: return Delivery::unreachable;
        default: break;
    }
    // Wrong credentials are the operator's to mend: the mail waits for that.
    if (status == kAuthenticationNeeded || status == kAuthenticationFailed) return Delivery::unreachable;
    return status >= 500 && status < 600 ? Delivery::refused : Delivery::later;
}

}  // namespace

struct SmtpClient::Connection {
    CURL* easy = nullptr;
};

SmtpClient::SmtpClient(const MailConfig& config) : config_(config), connection_(std::make_unique<Connection>()) {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    AE_CHECK(started == CURLE_OK, "libcurl starts wherever OpenSSL does");
    connection_->easy = curl_easy_init();
    AE_CHECK(connection_->easy != nullptr, "memory is there at start");
}

SmtpClient::~SmtpClient() { curl_easy_cleanup(connection_->easy); }

DeliveryResult SmtpClient::send_blocking(const std::string& from, const std::string& to, std::string_view message) {
    CURL* const easy = connection_->easy;
    // Options go, the connection stays.
    curl_easy_reset(easy);
    Reading reading{message};
    curl_easy_setopt(easy, CURLOPT_URL, config_.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, security_of(config_));
    if (!config_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, config_.ca_file.c_str());
    if (!config_.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, config_.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, config_.password.reveal().c_str());  // to the server it is for
    }
    const auto timeout = static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(config_.timeout).count());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, timeout / 1000));
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, &reading);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stopping_);
    const std::string sender = "<" + from + ">";
    const std::string recipient = "<" + to + ">";
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
    curl_slist* const recipients = curl_slist_append(nullptr, recipient.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);

    const CURLcode code = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(recipients);
    return {.delivery = delivery_of(code, static_cast<int>(status)), .status = static_cast<int>(status), .why = curl_easy_strerror(code)};
}

}  // namespace ae::mail
