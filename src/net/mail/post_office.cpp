#include "net/mail/post_office.hpp"

#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/thread.hpp"

namespace ae::mail {

namespace {

constexpr std::size_t kMostWaiting = 10'000;
constexpr std::string_view kNobody = "AeThex LIVE <no-reply@localhost>";

void count(std::string_view result) { metrics::counter("aethex_mail_total", "Mails by what became of them.", {{"result", result}}).add(); }

/// Ids begin with 48 bits of milliseconds in ten characters of Crockford's base 32.
std::optional<WallTime> time_of(const std::string& id) {
    static constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    if (!looks_like_id(id)) return std::nullopt;
    std::int64_t millis = 0;
    for (const char c : id.substr(0, 10)) millis = millis * 32 + static_cast<std::int64_t>(kAlphabet.find(c));
    return WallTime{std::chrono::milliseconds{millis}};
}

}  // namespace

PostOffice::PostOffice(const MailConfig& config, const std::filesystem::path& data, const Clock& clock, Random& random)
    : config_(config),
      clock_(clock),
      random_(random),
      from_(parse_mailbox(config.from.empty() ? kNobody : config.from).value()),
      folder_(data / (config.delivers() ? "mail" : "outbox")),
      schedule_(config.retry_first) {
    writer_ = io::start_thread("mail-write", [this] { write_all(); });
    if (!config_.delivers()) return;
    failed_.emplace(folder_.path() / "failed");
    smtp_.emplace(config_);
    for (const auto& id : folder_.list_blocking()) schedule_.add(id, clock_.steady());
    deliverer_ = io::start_thread("mail-deliver", [this] { deliver_all(); });
}

PostOffice::~PostOffice() {
    {
        const std::lock_guard alone{mutex_};
        stopping_ = true;
    }
    if (smtp_) smtp_->stop();
    changed_.notify_all();
    writer_.join();
    if (deliverer_.joinable()) deliverer_.join();
}

Result<void> PostOffice::post(Mail mail) {
    const auto now = clock_.wall();
    const auto id = make_id_text(now, random_);
    auto message = compose(mail, {.from = from_, .date = now, .id = id});
    if (!message) return message.error();
    {
        const std::lock_guard alone{mutex_};
        if (posted_.size() + schedule_.size() >= kMostWaiting) {
            count("queue_full");
            return Error{Errc::unavailable, "mail_queue_full", "Too many mails wait to be sent; try again later."};
        }
        posted_.push_back({.id = id, .message = std::move(*message)});
        show_depth();
    }
    changed_.notify_all();
    return {};
}

std::size_t PostOffice::waiting() const {
    const std::lock_guard alone{mutex_};
    return posted_.size() + schedule_.size();
}

void PostOffice::write_all() {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !posted_.empty(); });
        if (posted_.empty()) return;
        // It stays in the queue until it is written: `waiting` does not miss it.
        const auto letter = posted_.front();
        lock.unlock();
        try {
            keep_blocking(letter);
        } catch (const std::exception& broken) {
            count("lost");
            log::error("mail.not_written", {{"mail", letter.id}, {"error", broken.what()}});
        }
        lock.lock();
        posted_.pop_front();
        show_depth();
    }
}

void PostOffice::keep_blocking(const Letter& letter) {
    const auto file = folder_.put_blocking(letter.id, letter.message);
    if (!config_.delivers()) {
        count("written");
        log::info("mail.written", {{"file", file.string()}});
        return;
    }
    {
        const std::lock_guard alone{mutex_};
        schedule_.add(letter.id, clock_.steady());
    }
    changed_.notify_all();
}

void PostOffice::show_depth() {
    static auto& depth = metrics::gauge("aethex_mail_waiting", "Mails that are not written, or that the mail server has not taken yet.");
    depth.set(static_cast<double>(posted_.size() + schedule_.size()));
}

void PostOffice::deliver_all() {
    while (const auto id = wait_for_due()) {
        try {
            deliver(*id);
        } catch (const std::exception& broken) {
            // The disk does not do as it is told; the mail stays where it is.
            log::error("mail.folder_failed", {{"mail", *id}, {"error", broken.what()}});
            const std::lock_guard alone{mutex_};
            schedule_.put_off(*id, clock_.steady());
        }
        const std::lock_guard alone{mutex_};
        show_depth();
    }
}

std::optional<std::string> PostOffice::wait_for_due() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        const auto now = clock_.steady();
        if (auto due = schedule_.due(now)) return due;
        const auto next = schedule_.next();
        if (next) changed_.wait_for(lock, *next - now);
        else changed_.wait(lock);
    }
    return std::nullopt;
}

void PostOffice::deliver(const std::string& id) {
    const auto message = folder_.read_blocking(id);
    const auto to = recipient_of(message);
    if (to.empty()) return put_aside(id, {.delivery = Delivery::refused, .why = "this file is no mail of ours"});
    conclude(id, smtp_->send_blocking(from_.address, to, message));
}

void PostOffice::conclude(const std::string& id, const DeliveryResult& result) {
    if (result.delivery == Delivery::sent) {
        folder_.remove_blocking(id);
        count("sent");
        const std::lock_guard alone{mutex_};
        log::info("mail.sent", {{"mail", id}, {"attempts", schedule_.attempts(id) + 1}});
        return schedule_.remove(id);
    }
    if (result.delivery == Delivery::refused || too_old(id)) return put_aside(id, result);
    const std::lock_guard alone{mutex_};
    if (stopping_) return;
    count("put_off");
    log::warn("mail.put_off", {{"mail", id}, {"status", result.status}, {"why", result.why}, {"attempts", schedule_.attempts(id) + 1}});
    if (result.delivery == Delivery::unreachable) schedule_.put_off_all(id, clock_.steady());
    else schedule_.put_off(id, clock_.steady());
}

void PostOffice::put_aside(const std::string& id, const DeliveryResult& result) {
    folder_.move_blocking(id, *failed_);
    count("failed");
    log::error("mail.failed", {{"file", (failed_->path() / (id + ".eml")).string()}, {"status", result.status}, {"why", result.why}});
    const std::lock_guard alone{mutex_};
    schedule_.remove(id);
}

bool PostOffice::too_old(const std::string& id) const {
    const auto made = time_of(id);
    return !made || clock_.wall() - *made > config_.retry_for;
}

}  // namespace ae::mail
