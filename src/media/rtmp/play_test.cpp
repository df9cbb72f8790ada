// A stream that comes in over RTMP and is watched over RTMP, by ffmpeg at both ends.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "media/flv/file.hpp"
#include "media/rtmp/server_harness.hpp"

namespace ae::media::rtmp {
namespace {

using namespace testing;

/// One channel whose hub lives as long as its publication.
class Stage final : public IngestGate, public PlaySource {
  public:
    explicit Stage(io::Shards& shards) : home_(shards.at(shards.size() - 1)) {}

    io::Task<Result<PublishGrant>> admit(PublishRequest) override {
        auto begin = [this](std::shared_ptr<PublisherControl>) -> Result<std::unique_ptr<Publication>> {
            auto hub = std::make_shared<Hub>();
            hub_ = hub;
            return std::make_unique<OnAir>(std::move(hub), on_air);
        };
        co_return PublishGrant{.channel_id = "1", .slug = "some-slug", .home = &home_, .begin = std::move(begin)};
    }
    io::Task<Result<PlayGrant>> find(std::string slug) override {
        if (slug != "some-slug") co_return Error{Errc::not_found, "stream_not_found", "There is no stream of this name."};
        auto subscribe = [this](std::function<void()> on_ready) -> std::unique_ptr<HubReader> {
            const auto hub = hub_.lock();
            return hub == nullptr ? nullptr : hub->subscribe(StartAt::last_keyframe, std::move(on_ready));
        };
        co_return PlayGrant{.home = &home_, .subscribe = std::move(subscribe)};
    }

    std::promise<void> on_air;

  private:
    struct OnAir final : Publication {
        OnAir(std::shared_ptr<Hub> its_hub, std::promise<void>& signal) : hub(std::move(its_hub)), first(signal) {}
        ~OnAir() override { hub->end(); }
        void on_frame(FramePtr frame) override {
            hub->publish(std::move(frame));
            if (++frames == 20) first.set_value();
        }
        void on_goodbye() override {}
        std::shared_ptr<Hub> hub;
        std::promise<void>& first;
        int frames = 0;
    };

    io::Shard& home_;
    std::weak_ptr<Hub> hub_;
};

struct Played {
    std::size_t video = 0, audio = 0;
    bool starts_with_key = false;
    std::uint32_t width = 0;
};

Played look_into(const std::filesystem::path& path) {
    std::ifstream stream{path, std::ios::binary};
    const Bytes file{std::istreambuf_iterator<char>{stream}, {}};
    Played played;
    auto reader = flv::FileReader::open(file);
    if (!reader) return played;
    flv::Demuxer demuxer;
    flv::Demuxed out;
    while (const auto tag = reader->next()) (void)demuxer.feed(tag->type, tag->timestamp_ms, Bytes(tag->body.begin(), tag->body.end()), {}, out);
    for (const auto& frame : out.frames) {
        if (frame->format->kind == MediaKind::audio) {
            ++played.audio;
            continue;
        }
        if (played.video++ == 0) played.starts_with_key = frame->keyframe;
        played.width = frame->format->width;
    }
    return played;
}

struct Playing : ::testing::Test {
    Playing() {
        server = std::make_unique<Server>(shards, RtmpConfig{.listen = {"127.0.0.1:0"}, .play = true}, stage, random, &stage);
        EXPECT_TRUE(server->start());
        shards.start();
    }
    ~Playing() override {
        io::run_blocking(server->stop(std::chrono::seconds{1}));
        shards.stop();
        shards.join();
    }
    std::string address(const std::string& name) const { return fmt::format("rtmp://127.0.0.1:{}/live/{}", server->ports().at(0), name); }

    io::Shards shards{2};
    Stage stage{shards};
    SystemRandom random;
    std::unique_ptr<Server> server;
};

TEST_F(Playing, GivesAPlayerTheStreamFromItsLastKeyframeToItsEnd) {
    const auto publish =
        "ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=size=320x180:rate=25 -re -f lavfi -i sine=r=48000 -t 4 -c:v libx264"
        " -preset ultrafast -g 25 -bf 2 -c:a aac -f flv " +
        address("any-key");
    auto publisher = std::async(std::launch::async, [&] { return std::system(publish.c_str()); });
    ASSERT_EQ(stage.on_air.get_future().wait_for(std::chrono::seconds{30}), std::future_status::ready);
    const auto path = std::filesystem::temp_directory_path() / fmt::format("aethex-play-{}.flv", server->ports().at(0));
    EXPECT_EQ(std::system(fmt::format("timeout 60 ffmpeg -nostdin -y -loglevel error -i {} -c copy {}", address("some-slug"), path.string()).c_str()),
              0);
    EXPECT_EQ(publisher.get(), 0);
    const auto played = look_into(path);
    std::filesystem::remove(path);
    EXPECT_GE(played.video, 25u);
    EXPECT_GE(played.audio, 40u);
    EXPECT_TRUE(played.starts_with_key);
    EXPECT_EQ(played.width, 320u);
}

TEST_F(Playing, RefusesAStreamThatIsNotThere) {
    EXPECT_NE(std::system(fmt::format("timeout 60 ffmpeg -nostdin -loglevel quiet -i {} -c copy -f null -", address("other-slug")).c_str()), 0);
}

}  // namespace
}  // namespace ae::media::rtmp
