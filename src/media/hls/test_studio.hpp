// For tests: cameras and microphones that make frames as publishers send them, in order of decode time, and a viewer's checks.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "media/codec/frame.hpp"

namespace ae::media::hls::studio {

struct Camera {
    double fps = 30;
    double gop_seconds = 2;
    int b_frames = 0;
    /// Frames that are left out, at random: a variable frame rate.
    double drop = 0;
    bool says_frame_rate = true;
    std::uint8_t track = 0;
    std::uint32_t height = 720;
    std::size_t frame_bytes = 2000;
};

struct Microphone {
    std::uint32_t rate = 48'000;
    std::uint32_t channels = 2;
    /// The first frame comes so late, and says so.
    double late_seconds = 0;
    /// It arrives so much later than the picture of the same time.
    double behind_seconds = 0;
};

inline FormatPtr format_of(const Camera& camera) {
    auto format = std::make_shared<TrackFormat>();
    format->decoder_config = {1, 0x64, 0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x64, 0, static_cast<std::uint8_t>(camera.height / 16), 1, 0, 1, 0x68};
    format->codecs = "avc1.64001f";
    format->height = camera.height;
    format->width = camera.height * 16 / 9;
    if (camera.says_frame_rate) format->frame_rate = camera.fps;
    return format;
}

inline FormatPtr format_of(const Microphone& microphone) {
    auto format = std::make_shared<TrackFormat>();
    format->kind = MediaKind::audio;
    format->codec = Codec::aac;
    format->timescale = Timescale{microphone.rate};
    format->sample_rate = microphone.rate;
    format->channels = microphone.channels;
    format->samples_per_frame = 1024;
    const unsigned index = microphone.rate == 48'000 ? 3 : 4;
    format->decoder_config = {static_cast<std::uint8_t>(2 << 3 | index >> 1), static_cast<std::uint8_t>(index << 7 | microphone.channels << 3)};
    format->codecs = "mp4a.40.2";
    return format;
}

struct Scene {
    double seconds = 10;
    std::vector<Camera> cameras = {Camera{}};
    std::vector<Microphone> microphones = {Microphone{}};
    SteadyTime begins{std::chrono::hours{1}};
    std::uint32_t seed = 1;
    /// Its first frames say that the clock was reset.
    bool discontinuity = false;
};

namespace detail {

struct Timed {
    double sent;
    std::shared_ptr<Frame> frame;
};

/// Times as RTMP has them: whole milliseconds.
inline std::int64_t rtmp_ticks(double seconds) { return std::llround(seconds * 1000) * 90; }

inline void shoot(const Camera& camera, const Scene& scene, std::mt19937& random, std::vector<Timed>& out) {
    const auto format = format_of(camera);
    const auto gop = std::max<std::int64_t>(1, std::llround(camera.gop_seconds * camera.fps));
    const auto frames = static_cast<std::int64_t>(scene.seconds * camera.fps);
    for (std::int64_t i = 0; i < frames; ++i) {
        const bool key = i % gop == 0;
        if (!key && camera.drop > 0 && std::uniform_real_distribution<>{0, 1}(random) < camera.drop) continue;
        auto frame = std::make_shared<Frame>();
        frame->format = format;
        frame->track = camera.track;
        frame->keyframe = key;
        frame->discontinuity = scene.discontinuity && i == 0;
        frame->dts = rtmp_ticks(static_cast<double>(i) / camera.fps);
        // Reordering delays every picture by the depth; B pictures are shown before their reference.
        const auto shown = camera.b_frames == 0 ? 0 : (i % (camera.b_frames + 1) == 0 ? camera.b_frames + 1 : 0);
        frame->pts = frame->dts + rtmp_ticks(shown / camera.fps);
        frame->payload.assign(camera.frame_bytes * (key ? 8 : 1), static_cast<std::uint8_t>(i));
        out.push_back({static_cast<double>(i) / camera.fps, std::move(frame)});
    }
}

inline void listen(const Microphone& microphone, const Scene& scene, std::vector<Timed>& out) {
    const auto format = format_of(microphone);
    const double length = 1024.0 / microphone.rate;
    bool first = true;
    for (std::int64_t i = std::llround(microphone.late_seconds / length); static_cast<double>(i) * length < scene.seconds; ++i) {
        auto frame = std::make_shared<Frame>();
        frame->format = format;
        frame->keyframe = true;
        frame->discontinuity = scene.discontinuity && std::exchange(first, false);
        frame->dts = frame->pts = i * 1024;
        frame->payload.assign(300, static_cast<std::uint8_t>(i));
        out.push_back({static_cast<double>(i) * length + microphone.behind_seconds, std::move(frame)});
    }
}

}  // namespace detail

/// The frames of a scene, in the order and with the times in which a publisher's connection brings them.
inline std::vector<FramePtr> record(const Scene& scene) {
    std::mt19937 random{scene.seed};
    std::vector<detail::Timed> timed;
    for (const auto& camera : scene.cameras) detail::shoot(camera, scene, random, timed);
    for (const auto& microphone : scene.microphones) detail::listen(microphone, scene, timed);
    std::ranges::stable_sort(timed, {}, &detail::Timed::sent);
    std::vector<FramePtr> frames;
    for (auto& [sent, frame] : timed) {
        frame->arrived = scene.begins + std::chrono::microseconds{std::llround(sent * 1e6)};
        frames.push_back(std::move(frame));
    }
    return frames;
}

}  // namespace ae::media::hls::studio
