// Reads fragmented MP4 back: what tests, tools and the recovery of recordings look at. Takes any bytes and refuses what does not fit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace ae::media::mp4 {

struct ReadSample {
    std::int64_t decode_time = 0;
    std::uint32_t duration = 0;
    std::int32_t composition_offset = 0;
    bool sync = false;
    BytesView payload = {};  // into the bytes that were read
};

struct ReadRun {
    std::uint32_t track_id = 0;
    std::uint64_t decode_time = 0;
    std::vector<ReadSample> samples = {};
};

struct ReadFragment {
    std::uint32_t sequence = 0;
    std::vector<ReadRun> runs = {};
};

struct ReadTrack {
    std::uint32_t id = 0;
    std::uint32_t timescale = 0;
    std::string handler;  // `vide` or `soun`
    std::string entry;    // `avc1` or `mp4a`
};

/// The fragments in the order they stand; boxes of other types between them are skipped. The views live as long as `bytes`.
/// Refuses `box_truncated` and `box_invalid`.
Result<std::vector<ReadFragment>> read_fragments(BytesView bytes);
/// The tracks of an initialisation segment. Refuses the same.
Result<std::vector<ReadTrack>> read_init_segment(BytesView bytes);

}  // namespace ae::media::mp4
