// For tests of streams: a server's life with everything between an encoder and a browser, without the encoder and the browser. The same database may be
// opened by the next life.
#pragma once

#include <atomic>
#include <future>
#include <thread>

#include <boost/json/parse.hpp>

#include "base/crypto.hpp"
#include "channels/channel_routes.hpp"
#include "io/run_blocking.hpp"
#include "live/playback_edge.hpp"
#include "live/stream_routes.hpp"
#include "media/hls/test_studio.hpp"
#include "names/names.hpp"
#include "net/http/test_server.hpp"
#include "store/db/testing.hpp"

namespace ae::live::testing {

/// Moved by hand, and read by many threads.
class SharedClock final : public Clock {
  public:
    WallTime wall() const override { return WallTime{std::chrono::seconds{1'790'000'000}} + Duration{passed_.load()}; }
    SteadyTime steady() const override { return SteadyTime{std::chrono::hours{1}} + Duration{passed_.load()}; }
    void advance(Duration by) { passed_ += by.count(); }

  private:
    std::atomic<std::int64_t> passed_ = 0;
};

/// The way back to an encoder that is not there.
struct Control final : media::PublisherControl {
    void stop(std::string reason) override { stopped = std::move(reason); }
    std::string stopped;
};

class Life {
  public:
    using Answer = http::test::RawClient::Answer;

    Life(db::Db& db, Clock& given_clock, Random& random, Recordings& recordings = no_recordings())
        : clock(given_clock),
          channels(db, clock, random, secret),
          keys(db, clock, random, secret),
          shards(2),
          bus(shards),
          stage({shards, db, keys, clock, random, secret, bus, recordings}, config),
          streams(db, stage, channels, clock, random, config, "") {
        api::Routes routes;
        routes.set_gate([](const http::Request& request) { return caller_of(std::string{request.headers.get("x-test-user")}); });
        channels::add_channel_routes(routes,
                                     {channels, keys, streams, stage, cursors, [](const std::string&) { return std::string{"rtmp://test"}; }});
        add_stream_routes(routes, streams, cursors);
        add_playback_routes(routes, stage);
        server = std::make_unique<http::Server>(shards, http::test::test_config(), routes.take_router(), clock, random);
        stage.start_blocking();
        EXPECT_TRUE(server->start());
        shards.start();
    }
    ~Life() { stop(); }
    /// The loops stay until the database has closed: its threads may still be leaving them.
    void stop() {
        shards.stop();
        shards.join();
    }

    // The encoder.

    template <class F>
    auto on_home(const std::string& channel, F work) {
        if (stage.home_of(channel).here()) return work();
        auto done = std::make_shared<std::promise<decltype(work())>>();
        auto future = done->get_future();
        stage.home_of(channel).post([done, work] {
            if constexpr (std::is_void_v<decltype(work())>) work(), done->set_value();
            else done->set_value(work());
        });
        return future.get();
    }
    /// Runs a task on the first shard, and waits.
    template <class T>
    T run(io::Task<T> task) {
        return boost::asio::co_spawn(shards.at(0).context(), std::move(task), boost::asio::use_future).get();
    }
    Result<media::PublishGrant> knock(const Secret& key, std::string address) {
        auto knocked = std::make_shared<std::promise<Result<media::PublishGrant>>>();
        auto future = knocked->get_future();
        boost::asio::co_spawn(shards.at(0).context(), stage.admit({"rtmp", "live", key, std::move(address), "test"}),
                              [knocked](std::exception_ptr, Result<media::PublishGrant> grant) { knocked->set_value(std::move(grant)); });
        return future.get();
    }
    Result<std::unique_ptr<media::Publication>> begin(const media::PublishGrant& grant, std::shared_ptr<Control> control) {
        auto begun = on_home(grant.channel_id, [&] { return grant.begin(control); });
        if (!begun) return begun.error();
        return std::unique_ptr<media::Publication>{std::make_unique<AtHome>(*this, grant.channel_id, std::move(*begun))};
    }
    void send(const media::PublishGrant& grant, media::Publication& publication, double seconds) {
        on_home(grant.channel_id, [&] {
            for (const auto& frame : media::hls::studio::record({.seconds = seconds})) publication.on_frame(frame);
        });
    }
    void lose(const media::PublishGrant& grant, std::unique_ptr<media::Publication> publication) {
        on_home(grant.channel_id, [&] { publication.reset(); });
    }

    // The browser.

    Answer ask(std::string_view method, const std::string& target, const std::string& body = {}, const std::string& who = {}) {
        std::string request =
            std::string{method} + " " + target + " HTTP/1.1\r\nHost: test\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://test\r\n";
        if (!who.empty()) request += "X-Test-User: " + who + "\r\n";
        if (!body.empty()) request += "Content-Type: application/json\r\n";
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        return http::test::RawClient{server->port()}.ask(request);
    }
    Answer get(const std::string& target, const std::string& who = {}) { return ask("GET", target, {}, who); }
    static boost::json::value json(const Answer& answer) { return boost::json::parse(answer.body); }
    static std::string text(const boost::json::value& value) { return std::string{value.as_string()}; }
    static std::string code(const Answer& answer) { return answer.status() < 400 ? "" : text(json(answer).at("code")); }
    /// Asks until it is so, or eight seconds have passed.
    static bool until(const std::function<bool()>& so) {
        for (int i = 0; i < 160; ++i) {
            if (so()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        return false;
    }

  private:
    /// A publication goes where it lived, whoever lets go of it.
    class AtHome final : public media::Publication {
      public:
        AtHome(Life& life, std::string channel, std::unique_ptr<media::Publication> inner)
            : life_(life), channel_(std::move(channel)), inner_(std::move(inner)) {}
        ~AtHome() override {
            life_.on_home(channel_, [this] { inner_.reset(); });
        }
        void on_frame(media::FramePtr frame) override { inner_->on_frame(std::move(frame)); }
        void on_goodbye() override { inner_->on_goodbye(); }

      private:
        Life& life_;
        std::string channel_;
        std::unique_ptr<media::Publication> inner_;
    };

    static io::Task<Result<api::Caller>> caller_of(std::string account) {
        api::Caller caller;
        if (account.empty()) co_return caller;
        caller.role = account == "root" ? api::Role::admin : api::Role::signed_in;
        caller.account = std::move(account);
        caller.session = "session";
        caller.recent = true;
        co_return caller;
    }

  public:
    Clock& clock;
    Secret secret{std::string(32, 's')};
    LiveConfig config;
    channels::ChannelService channels;
    channels::StreamKeyService keys;
    io::Shards shards;
    bus::Bus bus;
    Stage stage;
    StreamService streams;
    api::Cursors cursors{Secret{"cursors"}};
    std::unique_ptr<http::Server> server;
};

/// Ada's channel, and somebody's encoder.
class OnStage : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        crypto::start();
        migrate(names::migrations());
        migrate(channels::migrations());
        migrate(migrations());
        life = std::make_unique<Life>(db(), clock, random);
        auto made = io::run_blocking(
            life->channels.create(channels::ChannelDraft{.name = "Ada", .slug = "ada-live"}, channels::Actor{.account = channels::UserId{"ada"}}));
        ASSERT_TRUE(made);
        key = made->key;
        channel = made->channel.id;
    }
    void TearDown() override {
        publication.reset();
        life->stop();
        db().close_blocking();
    }
    void restart() {
        life->stop();
        ended.push_back(std::move(life));
        life = std::make_unique<Life>(db(), clock, random);
    }
    std::optional<StreamRecord> live_row() {
        return db().read_blocking([&](db::Transaction& tx) { return store::find_live_of_channel(tx, channel); });
    }
    StreamRecord row(const std::string& id) {
        return db().read_blocking([&](db::Transaction& tx) { return store::find(tx, StreamId{id}).value(); });
    }
    /// An encoder that sends five seconds and stays.
    void publish(const std::string& address = "192.0.2.1") {
        grant = life->knock(key, address);
        ASSERT_TRUE(grant) << grant.error().reason;
        control = std::make_shared<Control>();
        auto begun = life->begin(*grant, control);
        ASSERT_TRUE(begun) << begun.error().reason;
        publication = std::move(*begun);
        life->send(*grant, *publication, 5);
    }
    void lose_encoder() { life->lose(*grant, std::move(publication)); }
    /// The way a stream came: `OFFLINE ingest, LIVE ingest`.
    std::string history(const std::string& id) {
        std::string all;
        for (const auto& step : db().read_blocking([&](db::Transaction& tx) { return store::transitions_of(tx, StreamId{id}); })) {
            all += (all.empty() ? "" : ", ") + std::string{channels::status_word(step.to)} + " " + step.reason;
        }
        return all;
    }
    std::string current_stream(const std::string& who = {}) {
        const auto shown = Life::json(life->get("/api/channels/ada-live", who)).at("stream");
        return shown.is_null() ? "" : Life::text(shown.at("id"));
    }

    SharedClock clock;
    SystemRandom random;
    Secret key;
    channels::ChannelId channel;
    std::vector<std::unique_ptr<Life>> ended;
    std::unique_ptr<Life> life;
    Result<media::PublishGrant> grant = Error{};
    std::shared_ptr<Control> control;
    std::unique_ptr<media::Publication> publication;
};

}  // namespace ae::live::testing
