// Frames as no publisher sends them: the input is a list of orders for a generator of frames. Whatever comes, every playlist is good.
#include <fmt/format.h>

#include <cstdlib>

#include "media/hls/lint.hpp"
#include "media/hls/packager.hpp"
#include "media/hls/playlist.hpp"
#include "media/hls/test_studio.hpp"

namespace {

using namespace ae;
using namespace ae::media;
using namespace ae::media::hls;

void expect_clean(const std::vector<Finding>& findings, const std::string& text) {
    if (findings.empty()) return;
    for (const auto& finding : findings) fmt::print(stderr, "{}:{}: {}\n", finding.rule, finding.line, finding.detail);
    fmt::print(stderr, "{}\n", text);
    std::abort();
}

struct Judge final : PackagerListener {
    std::string last;
    void segment_opened(std::uint64_t) override {}
    void discontinuity(std::uint64_t) override {}
    void warned(Warning) override {}
    void published(const SnapshotPtr& snapshot) override {
        const auto text = render_media_playlist(*snapshot, snapshot->renditions.front(), {});
        expect_clean(lint(text), text);
        if (!last.empty()) expect_clean(lint_update(last, text), last + "\n-- became --\n" + text);
        last = text;
    }
};

/// Where the generator is, on each of its tracks.
struct Track {
    FormatPtr format;
    std::int64_t dts = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Judge judge;
    Packager packager{{.media_prefix = "/m"}, {}, judge};
    std::vector<Track> tracks{{studio::format_of(studio::Camera{})},
                              {studio::format_of(studio::Camera{.says_frame_rate = false, .height = 360})},
                              {studio::format_of(studio::Microphone{})},
                              {studio::format_of(studio::Microphone{.rate = 44'100})}};
    SteadyTime now{std::chrono::hours{1}};
    ByteReader in{BytesView{data, std::min<std::size_t>(size, 6000)}};
    while (!in.empty()) {
        const auto order = in.u8();
        const auto amount = in.u16();
        auto& track = tracks[order & 3];
        auto frame = std::make_shared<Frame>();
        frame->format = track.format;
        frame->track = order >> 2 & 1;
        frame->keyframe = (order >> 3 & 3) == 0 || track.format->kind == MediaKind::audio;
        frame->discontinuity = amount == 0xffff;
        if (amount == 0xfffe) packager.on_publisher_gap();
        // Mostly steps of one frame; some larger, some back.
        const std::int64_t frame_ticks = track.format->kind == MediaKind::audio ? 1024 : 3000;
        track.dts += order & 0x80 ? (static_cast<std::int64_t>(amount) - 0x4000) * (order & 0x40 ? 400 : 8) : frame_ticks;
        frame->dts = track.dts;
        frame->pts = track.dts + (order & 0x20 ? amount : 0);
        frame->payload.assign(1 + amount % 97, order);
        now += std::chrono::milliseconds{amount % 41};
        frame->arrived = now;
        packager.on_frame(frame);
    }
    packager.end();
    return 0;
}
