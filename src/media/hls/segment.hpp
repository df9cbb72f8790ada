// What a finished piece of a rendition is: immutable, shared by the snapshots that list it, its playlist lines rendered once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace ae::media::hls {

/// An initialisation segment: `init-<number>.mp4`.
struct Init {
    std::uint64_t number = 0;
    SharedBytes bytes;
    std::string line;  // #EXT-X-MAP
};
using InitPtr = std::shared_ptr<const Init>;

/// A part: one fragment. Without bytes it is a gap: this rendition has nothing here.
struct Part {
    SharedBytes bytes;
    double seconds = 0;
    bool independent = false;  // holds a keyframe
    std::string line;          // #EXT-X-PART
};
using PartPtr = std::shared_ptr<const Part>;

/// What is known of a segment when its first part is there.
struct SegmentHead {
    std::uint64_t msn = 0;
    std::uint64_t discontinuity_sequence = 0;
    /// The timeline breaks before it.
    bool discontinuity = false;
    InitPtr init;
    WallTime starts{};
    std::string date_line;  // #EXT-X-PROGRAM-DATE-TIME
};
using SegmentHeadPtr = std::shared_ptr<const SegmentHead>;

/// A whole segment: a rope of its parts, never a second buffer.
struct Segment {
    SegmentHeadPtr head;
    std::vector<PartPtr> parts;
    double seconds = 0;
    bool gap = false;  // has no media at all
    std::size_t bytes = 0;
    std::string line;  // #EXT-X-GAP, #EXTINF and the address
};
using SegmentPtr = std::shared_ptr<const Segment>;
using SegmentList = std::vector<SegmentPtr>;

}  // namespace ae::media::hls
