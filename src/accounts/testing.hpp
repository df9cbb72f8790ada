// For tests of every room that needs people: the services with cheap hashes, and ports that remember what they were asked.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "accounts/accounts.hpp"

namespace ae::accounts::testing {

/// Keeps what it is given. The server's thread writes, the test's reads.
class TestMailer final : public Mailer {
  public:
    bool delivers() const override { return delivers_; }
    void post(Mail mail) override {
        const std::lock_guard hold{lock_};
        mails_.push_back(std::move(mail));
    }
    void set_delivers(bool delivers) { delivers_ = delivers; }
    std::vector<Mail> take() {
        const std::lock_guard hold{lock_};
        return std::exchange(mails_, {});
    }
    /// The token of the link in the latest letter; empty when there is none.
    std::string latest_token() {
        const std::lock_guard hold{lock_};
        if (mails_.empty()) return {};
        const auto& text = mails_.back().text;
        const auto at = text.find("?token=");
        return at == std::string::npos ? "" : text.substr(at + 7, text.find_first_of("\n ", at) - at - 7);
    }

  private:
    bool delivers_ = false;
    std::mutex lock_;
    std::vector<Mail> mails_;
};

/// Those in `wanting` need the code 123456, which is good again and again.
class TestSecondFactor final : public SecondFactor {
  public:
    io::Task<bool> wanted(UserId user) override { co_return wanting.contains(user); }
    io::Task<Result<void>> check(UserId user, std::string code) override {
        if (wanting.contains(user) && code == "123456") co_return Result<void>{};
        co_return Error{Errc::forbidden, "second_factor_wrong", "This code is wrong."};
    }
    std::set<UserId> wanting;
};

class TestDependents final : public Dependents {
  public:
    io::Task<std::vector<OwnedChannel>> channels_of(UserId user) override { co_return channels[user]; }
    io::Task<> remove_all_of(UserId user) override {
        gone.insert(user);
        co_return;
    }
    io::Task<std::string> export_of(UserId) override { co_return R"({"channels":[]})"; }
    std::map<UserId, std::vector<OwnedChannel>> channels;
    std::set<UserId> gone;
};

/// Hashes that cost nothing, limits that nobody meets.
inline AccountConfig cheap_config() {
    AccountConfig config;
    config.password_memory = config::ByteSize{8 * 1024};
    config.password_passes = 1;
    config.password_threads = 1;
    config.register_limit = 100'000;
    config.login_limit = 100'000;
    return config;
}

/// The room over a database, with a clock that is moved by hand.
class World {
  public:
    explicit World(db::Db& db, AccountConfig config = cheap_config())
        : config(std::move(config)),
          passwords(this->config),
          accounts({db, clock, random, this->config, passwords, mailer, second_factor, dependents, [] { return std::string{"https://live.test"}; }}) {
    }

    ManualClock clock;
    SystemRandom random;
    AccountConfig config;
    PasswordHasher passwords;
    TestMailer mailer;
    TestSecondFactor second_factor;
    TestDependents dependents;
    Accounts accounts;
};

}  // namespace ae::accounts::testing
