// What a second of a stream costs: 6 Mbit/s of 60 pictures a second, and 160 kbit/s of sound.
#include <benchmark/benchmark.h>

#include "media/hls/packager.hpp"
#include "media/hls/playlist.hpp"
#include "media/hls/test_studio.hpp"

namespace ae::media::hls {
namespace {

struct Deaf final : PackagerListener {
    void segment_opened(std::uint64_t) override {}
    void discontinuity(std::uint64_t) override {}
    void published(const SnapshotPtr&) override {}
    void warned(Warning) override {}
};

/// The bytes go into parts, the lines into segments; nobody asks for a playlist.
void packages_a_second(benchmark::State& state) {
    constexpr double kSeconds = 60;
    const auto frames = studio::record({.seconds = kSeconds, .cameras = {{.fps = 60, .frame_bytes = 11'100}}});
    Deaf listener;
    for (auto _ : state) {
        Packager packager{{.media_prefix = "/media/0123456789abcdef0123456789/1"}, {}, listener};
        for (const auto& frame : frames) packager.on_frame(frame);
        benchmark::DoNotOptimize(packager.snapshot());
    }
    state.counters["cpu_per_stream_second"] =
        benchmark::Counter(kSeconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(packages_a_second)->Unit(benchmark::kMillisecond);

void renders(benchmark::State& state, PlaylistForm form) {
    Deaf listener;
    Packager packager{{.media_prefix = "/media/0123456789abcdef0123456789/1"}, {}, listener};
    for (const auto& frame : studio::record({.seconds = 60, .cameras = {{.frame_bytes = 100}}})) packager.on_frame(frame);
    const std::vector<PlaylistAddress> addresses{{"main", "main.m3u8"}, {"audio", "audio.m3u8"}};
    const auto& snapshot = *packager.snapshot();
    std::size_t bytes = 0;
    for (auto _ : state) bytes = render_media_playlist(snapshot, snapshot.renditions.front(), addresses, form).size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(renders, full, PlaylistForm::full);
BENCHMARK_CAPTURE(renders, delta, PlaylistForm::delta);

}  // namespace
}  // namespace ae::media::hls
