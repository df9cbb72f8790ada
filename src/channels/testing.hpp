// For tests of this room's routes: a server with all of them, people who are signed in by a header, and a stage that writes down what it is told.
#pragma once

#include <atomic>

#include <boost/json/parse.hpp>

#include "channels/channel_routes.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "net/http/test_server.hpp"
#include "store/db/testing.hpp"

namespace ae::channels::testing {

inline const UserId kAda{"01m31s23r0000000000000ada0"};
inline const UserId kBob{"01m31s23r0000000000000b0b0"};
inline const UserId kRoot{"01m31s23r0000000000000r00t"};

/// Ada, Bob, and Root, who is an administrator.
class Town final : public People {
  public:
    io::Task<std::vector<Person>> people(std::vector<UserId> ids) override {
        ++asked;
        std::vector<Person> found;
        for (const auto& id : ids) {
            if (id == kAda) found.push_back({kAda, "ada", "Ada", "/a.webp"});
            if (id == kBob) found.push_back({kBob, "bob", "Bob", std::nullopt});
        }
        co_return found;
    }
    io::Task<> became_creator(UserId id) override {
        creators.push_back(std::move(id));
        co_return;
    }
    int asked = 0;
    std::vector<UserId> creators;
};

/// What is on air: whatever the test puts there.
class Air final : public StreamLookup, public StreamControl {
  public:
    io::Task<std::optional<StreamView>> current_stream(ChannelId channel, bool for_owner) override {
        if (view && view->channel == channel && (for_owner || !view->preview)) co_return view;
        co_return std::nullopt;
    }
    io::Task<std::unordered_map<ChannelId, StreamView>> current_streams(std::vector<ChannelId> channels) override {
        ++asked;
        std::unordered_map<ChannelId, StreamView> found;
        if (view && !view->preview && std::ranges::find(channels, view->channel) != channels.end()) found.emplace(view->channel, *view);
        co_return found;
    }
    io::Task<> cut_key(ChannelId, StreamKeyId key, std::string reason) override {
        told.push_back("cut " + key.str() + ": " + reason);
        co_return;
    }
    io::Task<> channel_gone(ChannelId channel) override {
        told.push_back("gone " + channel.str());
        co_return;
    }
    io::Task<> audience_changed(ChannelId channel, bool is_public) override {
        told.push_back((is_public ? "public " : "private ") + channel.str());
        co_return;
    }
    std::optional<StreamView> view;
    int asked = 0;
    std::vector<std::string> told;
};

class ChannelServer : public db::testing::OnBothEngines {
  protected:
    using Answer = http::test::RawClient::Answer;

    void SetUp() override {
        migrate(names::migrations());
        migrate(migrations());
        server_ = std::make_unique<http::test::TestServer>(router());
        client_.emplace(server_->connect());
    }
    void TearDown() override {
        client_.reset();
        server_.reset();
    }
    CreatedChannel create(const std::string& slug, const UserId& owner = {}) {
        clock_.advance(std::chrono::seconds{1});
        return io::run_blocking(service_.create(ChannelDraft{.name = "Name of " + slug, .slug = slug}, Actor{.account = owner})).value();
    }
    Answer get(const std::string& target, const UserId& who = {}) { return ask("GET", target, "", who); }
    Answer ask(std::string_view method, const std::string& target, const std::string& body, const UserId& who) {
        clock_.advance(std::chrono::milliseconds{10});
        std::string request =
            std::string{method} + " " + target + " HTTP/1.1\r\nHost: test\r\nOrigin: http://test\r\nSec-Fetch-Site: same-origin\r\n";
        if (!who.empty()) request += "X-Test-User: " + who.str() + "\r\n";
        if (!body.empty()) request += "Content-Type: application/json\r\n";
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        return client_->ask(request);
    }
    static boost::json::value json(const Answer& answer) { return boost::json::parse(answer.body); }
    /// The reason that the answer refuses with; empty: it does not.
    static std::string code(const Answer& answer) { return answer.status() < 400 ? "" : std::string{json(answer).at("code").as_string()}; }

    ManualClock clock_;
    SystemRandom random_;
    Town town_;
    Air air_;
    ChannelsConfig config_{.most_per_user = 2, .most_keys = 3};
    ChannelService service_{db(), clock_, random_, Secret{std::string(32, 's')}, config_, town_};
    /// Whether whoever asks has just logged in.
    std::atomic<bool> recent_ = true;
    StreamKeyService keys_{db(), clock_, random_, Secret{std::string(32, 's')}, config_};

  private:
    http::Router router() {
        api::Routes routes;
        routes.set_gate([this](const http::Request& request) { return caller_of(std::string{request.headers.get("x-test-user")}, recent_); });
        add_channel_routes(routes, {service_, keys_, air_, air_, cursors_, [](const std::string&) { return std::string{"rtmp://test/live"}; }});
        return routes.take_router();
    }
    static io::Task<Result<api::Caller>> caller_of(std::string account, bool recent) {
        api::Caller caller;
        if (account.empty()) co_return caller;
        caller.role = account == kRoot.str() ? api::Role::admin : api::Role::signed_in;
        caller.account = std::move(account);
        caller.session = "session";
        caller.recent = recent;
        co_return caller;
    }

    api::Cursors cursors_{Secret{"cursors"}};
    std::unique_ptr<http::test::TestServer> server_;
    std::optional<http::test::RawClient> client_;
};

}  // namespace ae::channels::testing
