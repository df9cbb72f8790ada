// Who answers what accounts ask: `wiring` plugs these in.
#pragma once

#include "accounts/accounts.hpp"
#include "accounts/directory.hpp"
#include "channels/channel_service.hpp"
#include "channels/stream_view.hpp"
#include "net/mail/post_office.hpp"

namespace ae::app {

/// Letters go to the post office.
class PostalMailer final : public accounts::Mailer {
  public:
    explicit PostalMailer(mail::PostOffice& office) : office_(office) {}
    bool delivers() const override { return office_.delivers(); }
    void post(accounts::Mail letter) override;

  private:
    mail::PostOffice& office_;
};

/// The command line alone writes to nobody.
class NoMailer final : public accounts::Mailer {
  public:
    bool delivers() const override { return false; }
    void post(accounts::Mail) override {}
};

class NoSecondFactor final : public accounts::SecondFactor {
  public:
    io::Task<bool> wanted(accounts::UserId) override { co_return false; }
    io::Task<Result<void>> check(accounts::UserId, std::string) override {
        co_return Error{Errc::forbidden, "second_factor_wrong", "This account has no second factor."};
    }
};

class NoDependents final : public accounts::Dependents {
  public:
    io::Task<std::vector<accounts::OwnedChannel>> channels_of(accounts::UserId) override { co_return std::vector<accounts::OwnedChannel>{}; }
    io::Task<> remove_all_of(accounts::UserId) override { co_return; }
    io::Task<std::string> export_of(accounts::UserId) override { co_return "{}"; }
};

/// What hangs on an account is its channels.
class ChannelDependents final : public accounts::Dependents {
  public:
    ChannelDependents(channels::ChannelService& channels, channels::StreamControl& streams) : channels_(channels), streams_(streams) {}
    io::Task<std::vector<accounts::OwnedChannel>> channels_of(accounts::UserId user) override;
    io::Task<> remove_all_of(accounts::UserId user) override;
    io::Task<std::string> export_of(accounts::UserId user) override;

  private:
    channels::ChannelService& channels_;
    channels::StreamControl& streams_;
};

/// What channels show of accounts.
class AccountPeople final : public channels::People {
  public:
    AccountPeople(db::Db& db, const Clock& clock) : directory_(db, clock) {}
    io::Task<std::vector<channels::Person>> people(std::vector<channels::UserId> ids) override;
    io::Task<> became_creator(channels::UserId id) override { return directory_.made_channel(std::move(id)); }

  private:
    accounts::Directory directory_;
};

/// Accounts without a server around them: for the command line and for declarations.
class LoneAccounts {
  public:
    LoneAccounts(db::Db& db, const Clock& clock, Random& random, const accounts::AccountConfig& config)
        : passwords_(config),
          accounts_({db, clock, random, config, passwords_, mailer_, second_factor_, dependents_, [] { return std::string{}; }}) {}
    accounts::Accounts& operator*() { return accounts_; }

  private:
    accounts::PasswordHasher passwords_;
    NoMailer mailer_;
    NoSecondFactor second_factor_;
    NoDependents dependents_;
    accounts::Accounts accounts_;
};

}  // namespace ae::app
