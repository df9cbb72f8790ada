#include "channels/channel_routes.hpp"

#include <boost/json/parse.hpp>

#include "channels/channel_store.hpp"
#include "io/run_blocking.hpp"
#include "net/http/test_server.hpp"
#include "store/db/testing.hpp"

namespace ae::channels {
namespace {

/// What is on air: whatever the test puts there.
class OnAir final : public StreamLookup {
  public:
    io::Task<std::optional<StreamView>> current_stream(ChannelId channel) override {
        if (view && view->channel == channel) co_return view;
        co_return std::nullopt;
    }
    std::optional<StreamView> view;
};

class ChannelRoutes : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(migrations());
        server_ = std::make_unique<http::test::TestServer>(router());
        client_.emplace(server_->connect());
    }
    void TearDown() override {
        client_.reset();
        server_.reset();
    }
    CreatedChannel create(const std::string& slug) {
        clock_.advance(std::chrono::seconds{1});
        return io::run_blocking(service_.create("Name of " + slug, slug)).value();
    }
    http::test::RawClient::Answer get(const std::string& target) { return client_->get(target); }
    static boost::json::value json(const http::test::RawClient::Answer& answer) { return boost::json::parse(answer.body); }

    OnAir on_air_;

  private:
    http::Router router() {
        api::Routes routes;
        add_channel_routes(routes, service_, on_air_, cursors_);
        return routes.take_router();
    }

    ManualClock clock_;
    SystemRandom random_;
    ChannelService service_{db(), clock_, random_, Secret{std::string(32, 's')}};
    api::Cursors cursors_{Secret{"cursors"}};
    std::unique_ptr<http::test::TestServer> server_;
    std::optional<http::test::RawClient> client_;
};
AE_ON_BOTH_ENGINES(ChannelRoutes);

TEST_P(ChannelRoutes, ShowAChannelByItsSlugAndByItsId) {
    const auto made = create("ada");
    const auto answer = get("/api/channels/ada");
    EXPECT_EQ(answer.status(), 200);
    const auto view = json(answer);
    EXPECT_EQ(view.at("id").as_string(), made.channel.id.str().c_str());
    EXPECT_EQ(view.at("name").as_string(), "Name of ada");
    EXPECT_EQ(view.at("category").as_string(), "just-chatting");
    EXPECT_TRUE(view.at("stream").is_null());
    EXPECT_EQ(get("/api/channels/" + made.channel.id.str()).body, answer.body);
}

TEST_P(ChannelRoutes, NeverShowAKey) {
    const auto made = create("ada");
    const auto key = made.key.reveal().substr(5);
    for (const char* target : {"/api/channels/ada", "/api/channels"}) {
        const auto body = get(target).body;
        EXPECT_EQ(body.find(key), std::string::npos);
        EXPECT_EQ(body.find("live_"), std::string::npos);
    }
}

TEST_P(ChannelRoutes, ShowWhatIsOnAir) {
    const auto made = create("ada");
    StreamView view;
    view.id = StreamId{"01m31s23r0000000000000000a"};
    view.channel = made.channel.id;
    view.title = "Hello";
    view.status = StreamStatus::live;
    view.start_time = made.channel.created_at;
    view.duration = std::chrono::seconds{61};
    view.hls_url = "/x.m3u8";
    view.has_video = true;
    on_air_.view = view;
    const auto answer = json(get("/api/channels/ada"));
    const auto& stream = answer.at("stream");
    EXPECT_EQ(stream.at("id").as_string(), "01m31s23r0000000000000000a");
    EXPECT_EQ(stream.at("status").as_string(), "LIVE");
    EXPECT_EQ(stream.at("duration").as_int64(), 61);
    EXPECT_EQ(stream.at("hlsUrl").as_string(), "/x.m3u8");
    EXPECT_TRUE(stream.at("hasVideo").as_bool());
    EXPECT_FALSE(stream.at("hasAudio").as_bool());
    EXPECT_TRUE(stream.at("endTime").is_null());
    EXPECT_EQ(stream.at("channel").at("slug").as_string(), "ada");
}

TEST_P(ChannelRoutes, DoNotSayWhetherAPrivateChannelExists) {
    const Channel hidden{.id = ChannelId{"01m31s23r0000000000000000b"}, .slug = "eve", .name = "Eve", .is_public = false};
    db().write_blocking([&](db::Transaction& transaction) { store::insert(transaction, hidden); });
    for (const char* target : {"/api/channels/eve", "/api/channels/01m31s23r0000000000000000b", "/api/channels/nobody", "/api/channels/%27"}) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status(), 404) << target;
        EXPECT_EQ(json(answer).at("code").as_string(), "channel_not_found") << target;
    }
    EXPECT_TRUE(json(get("/api/channels")).at("items").as_array().empty());
}

TEST_P(ChannelRoutes, ListPageByPage) {
    for (const char* slug : {"one", "two", "three"}) create(slug);
    const auto first = json(get("/api/channels?limit=2"));
    ASSERT_EQ(first.at("items").as_array().size(), 2U);
    EXPECT_EQ(first.at("items").at(0).at("slug").as_string(), "three");
    const std::string cursor{first.at("next").as_string()};
    const auto second = json(get("/api/channels?limit=2&cursor=" + cursor));
    ASSERT_EQ(second.at("items").as_array().size(), 1U);
    EXPECT_EQ(second.at("items").at(0).at("slug").as_string(), "one");
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(json(get("/api/channels?cursor=made-up")).at("code").as_string(), "cursor_invalid");
}

}  // namespace
}  // namespace ae::channels
