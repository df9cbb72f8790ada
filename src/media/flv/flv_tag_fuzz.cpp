// A stream of FLV tags: type, timestamp, length, body, one after another. Whatever comes in, each track's dts rises, H.264 payloads
// have sound lengths, and a frame has a format.
#include <cstdlib>
#include <map>

#include "media/codec/nal_units.hpp"
#include "media/flv/demuxer.hpp"
#include "media/flv/tag_writer.hpp"

namespace {

using namespace ae;
using namespace ae::media;

struct Last {
    FormatPtr format;
    std::int64_t dts = 0;
};

void check(const Frame& frame, std::map<std::pair<MediaKind, std::uint8_t>, Last>& tracks) {
    if (frame.format == nullptr || frame.payload.empty()) std::abort();
    auto& last = tracks[{frame.format->kind, frame.track}];
    if (last.format == frame.format && frame.dts <= last.dts) std::abort();
    if (last.format != nullptr && last.format != frame.format && !frame.discontinuity) std::abort();
    last = {frame.format, frame.dts};
    if (frame.format->codec == Codec::h264 || frame.format->codec == Codec::hevc) {
        auto payload = frame.payload;
        const auto unit = normalise_access_unit(payload, 4, frame.format->codec);
        if (!unit || unit->idr != frame.keyframe || payload != frame.payload) std::abort();
    }
    (void)flv::write_frame(frame);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteReader in{{data, size}};
    flv::Demuxer demuxer;
    flv::Demuxed out;
    std::map<std::pair<MediaKind, std::uint8_t>, Last> tracks;
    constexpr flv::TagType kTypes[] = {flv::TagType::audio, flv::TagType::video, flv::TagType::script};
    while (!in.empty()) {
        const auto type = kTypes[in.u8() % 3];
        const auto timestamp = in.u32();
        const auto body = in.bytes(std::min<std::size_t>(in.u8() | 0u, in.remaining()));
        out.clear();
        (void)demuxer.feed(type, timestamp, Bytes(body.begin(), body.end()), SteadyTime{}, out);
        for (const auto& frame : out.frames) check(*frame, tracks);
    }
    return 0;
}
