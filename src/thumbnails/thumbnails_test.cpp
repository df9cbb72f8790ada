#include "thumbnails/thumbnails.hpp"

#include <csignal>

#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "io/run_blocking.hpp"
#include "media/job/picture_head.hpp"

namespace ae::thumbnails {
namespace {

media::FramePtr frame_of(std::string_view config, std::string_view access_unit) {
    auto format = std::make_shared<media::TrackFormat>();
    format->decoder_config = *from_hex(config);
    auto frame = std::make_shared<media::Frame>();
    frame->format = format;
    frame->keyframe = true;
    frame->payload = *from_hex(access_unit);
    return frame;
}

/// 160 x 90 of red, by x264.
media::FramePtr red() {
    return frame_of("0164000bffe100196764000bacd9428df93011000003000100000300320f14299601000668ebe3cb22c0",
                    "00000032658884002bfffed8e7f32c93977ab7e834da44b6a970eacbddc2a5034650cf2dd2d76cf4cea39bd2a4867003e8002320e719");
}

/// Broadcasts of the first shard.
class Source final : public KeyframeSource {
  public:
    std::vector<Keyframe> keyframes_here() override { return io::Shard::current()->index() == 0 ? now : std::vector<Keyframe>{}; }
    std::vector<Keyframe> now;
};

class ThumbnailsTest : public testing::Test {
  protected:
    ThumbnailsTest() {
        ::signal(SIGPIPE, SIG_IGN);
        crypto::start();
        worker_config_.program = std::string{AE_BUILD_DIR} + "/aethex-worker";
        shards_.start();
        pool_.start();
    }
    ~ThumbnailsTest() override {
        io::run_blocking(thumbnails_.stop());
        io::run_blocking(pool_.stop());
        shards_.stop();
        shards_.join();
    }

    void round(std::vector<Keyframe> now) {
        source_.now = std::move(now);
        io::run_blocking(io::on(shards_.at(1), thumbnails_.round()));
    }
    static io::Task<std::optional<std::string>> look(const Thumbnails* thumbnails, std::string stream) { co_return thumbnails->url_of(stream); }
    static io::Task<SharedBytes> fetch(const Thumbnails* thumbnails, std::string stream, std::string file) {
        co_return thumbnails->find(stream, file);
    }
    std::optional<std::string> url(std::size_t shard, std::string stream = "one") {
        return io::run_blocking(io::on(shards_.at(shard), look(&thumbnails_, std::move(stream))));
    }
    SharedBytes get(const std::string& url) {
        const auto file = url.substr(url.rfind('/') + 1);
        return io::run_blocking(io::on(shards_.at(0), fetch(&thumbnails_, "one", file)));
    }

    media::worker::WorkerConfig worker_config_;
    ThumbnailConfig config_;
    SystemRandom random_;
    Source source_;
    io::Shards shards_{2};
    media::worker::WorkerPool pool_{shards_.at(1), worker_config_};
    Thumbnails thumbnails_{{shards_, pool_, source_, random_}, config_};
};

TEST_F(ThumbnailsTest, ABroadcastHasAPictureInEverySizeOnEveryShard) {
    EXPECT_FALSE(url(0));
    round({{"one", red()}});
    ASSERT_TRUE(url(0));
    EXPECT_EQ(url(0), url(1));
    EXPECT_FALSE(url(0, "two"));
    EXPECT_TRUE(url(0)->starts_with("/thumbnails/one/"));
    for (const std::string width : {"320", "640", "1280"}) {
        for (const std::string ending : {".webp", ".jpg"}) {
            auto address = *url(0);
            address.replace(address.rfind('-') + 1, std::string::npos, width + ending);
            const auto bytes = get(address);
            ASSERT_TRUE(bytes) << address;
            EXPECT_EQ(media::job::read_picture_head(*bytes)->size.width, std::stoul(width));
        }
    }
    EXPECT_FALSE(get("/thumbnails/one/wrong-640.webp"));
}

TEST_F(ThumbnailsTest, ANewKeyframeMakesANewAddressAndTheOneBeforeStaysAWhile) {
    round({{"one", red()}});
    const auto first = *url(0);
    round({{"one", red()}});
    const auto second = *url(0);
    EXPECT_NE(first, second);
    EXPECT_TRUE(get(first));
    EXPECT_TRUE(get(second));
    round({{"one", red()}});
    EXPECT_FALSE(get(first));
    EXPECT_TRUE(get(second));
}

TEST_F(ThumbnailsTest, TheSameKeyframeIsNotDoneAgain) {
    const auto frame = red();
    round({{"one", frame}});
    const auto first = url(0);
    round({{"one", frame}});
    EXPECT_EQ(url(0), first);
}

TEST_F(ThumbnailsTest, WhatCannotBeDecodedKeepsThePictureItHad) {
    round({{"one", red()}});
    const auto first = url(0);
    round({{"one", frame_of("0164000b", "00000001ff")}});
    EXPECT_EQ(url(0), first);
}

TEST_F(ThumbnailsTest, ABroadcastThatEndedHasNone) {
    round({{"one", red()}, {"two", red()}});
    const auto address = *url(0);
    round({{"two", red()}});
    EXPECT_FALSE(url(0));
    EXPECT_FALSE(get(address));
    EXPECT_TRUE(url(0, "two"));
}

}  // namespace
}  // namespace ae::thumbnails
