// The one Frame. Every protocol that takes media in makes these; every one that gives media out is made from them.
// Frames and formats are immutable and shared; nothing copies a payload after it was received.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/media_time.hpp"
#include "base/time.hpp"

namespace ae::media {

enum class MediaKind : std::uint8_t { video, audio };
enum class Codec : std::uint8_t { h264, hevc, av1, vp9, aac, opus, flac, mp3 };

/// The word a person knows: `H.264`, `AAC`.
std::string_view codec_name(Codec codec);

/// What a decoder must know before the first frame. A changed format is a new object: frames that share a format share the pointer,
/// and a repeated identical sequence header keeps the pointer it had.
struct TrackFormat {
    MediaKind kind = MediaKind::video;
    Codec codec = Codec::h264;
    Timescale timescale = kVideoTimescale;  // 90 kHz for video, the sample rate for audio
    /// AVCDecoderConfigurationRecord (ISO 14496-15), AudioSpecificConfig (ISO 14496-3), or the codec's own record.
    Bytes decoder_config;
    /// RFC 6381: `avc1.64001f`, `mp4a.40.2`.
    std::string codecs;
    // video
    std::uint32_t width = 0, height = 0;  // after cropping, in pixels
    double frame_rate = 0;                // from the SPS or metadata; 0: not known
    // audio
    std::uint32_t sample_rate = 0, channels = 0;
    std::uint32_t samples_per_frame = 0;  // 1024 for AAC-LC; 0: not fixed
};
using FormatPtr = std::shared_ptr<const TrackFormat>;

/// One access unit of one track. `dts` and `pts` are ticks on the format's timescale since the publisher's first frame; they rise
/// without wrapping; `dts` may begin below zero when a stream starts with reordered frames.
struct Frame {
    FormatPtr format;
    std::uint8_t track = 0;  // 0: the default track of its kind; others from enhanced RTMP multitrack
    bool keyframe = false;   // video: an IDR (or its equal); audio: always true
    /// The timeline breaks before this frame: the encoder reset its clock or the format changed.
    bool discontinuity = false;
    std::int64_t dts = 0;
    std::int64_t pts = 0;
    /// H.264 and HEVC: NAL units with 4-byte lengths (whatever the publisher's length size was); others: the raw unit.
    Bytes payload;
    SteadyTime arrived{};

    Duration dts_time() const { return to_duration(dts, format->timescale); }
};
using FramePtr = std::shared_ptr<const Frame>;

}  // namespace ae::media
