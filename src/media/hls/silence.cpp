#include "media/hls/silence.hpp"

#include <array>

namespace ae::media::hls {

namespace {

// ISO 14496-3 section 4.4.2: a raw data block with one channel element whose sections are empty (max_sfb 0), then END. Empty sections
// hold no scale factor bands, so the same bytes are silence at every sampling rate.
constexpr std::array<std::uint8_t, 6> kSilentMono{0x00, 0xc8, 0x00, 0x80, 0x23, 0x80};
constexpr std::array<std::uint8_t, 9> kSilentStereo{0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80};
constexpr std::uint8_t kAacLowComplexity = 2;

FormatPtr make_silent_format() {
    auto format = std::make_shared<TrackFormat>();
    format->kind = MediaKind::audio;
    format->codec = Codec::aac;
    format->timescale = Timescale{48'000};
    format->decoder_config = {0x11, 0x90};
    format->codecs = "mp4a.40.2";
    format->sample_rate = 48'000;
    format->channels = 2;
    format->samples_per_frame = 1024;
    return format;
}

}  // namespace

const FormatPtr& silent_format() {
    static const FormatPtr format = make_silent_format();
    return format;
}

BytesView silent_unit(const TrackFormat& format) {
    if (format.codec != Codec::aac || format.decoder_config.empty() || format.samples_per_frame != 1024) return {};
    if (format.decoder_config[0] >> 3 != kAacLowComplexity) return {};
    if (format.channels == 1) return kSilentMono;
    if (format.channels == 2) return kSilentStereo;
    return {};
}

}  // namespace ae::media::hls
