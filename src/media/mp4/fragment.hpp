// A movie fragment: `moof` and `mdat`, one part of a segment. Written into one buffer of exactly its size; a payload is copied once.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::mp4 {

struct Sample {
    BytesView payload;
    std::uint32_t duration = 0;           // ticks of the track
    std::int32_t composition_offset = 0;  // pts - dts; may be negative (trun version 1)
    bool sync = true;
};

/// The samples of one track in one fragment, back to back from `decode_time` on.
struct TrackRun {
    std::uint32_t track_id = 0;
    MediaKind kind = MediaKind::video;
    std::uint64_t decode_time = 0;
    std::span<const Sample> samples;
};

/// `sequence` rises from fragment to fragment. A track without samples has a `traf` without a `trun`: its time is still said.
Bytes fragment(std::uint32_t sequence, std::span<const TrackRun> runs);

}  // namespace ae::media::mp4
