// A stream as it is at one moment: immutable, made anew for every part, safe to hand to other shards. Everything that viewers ask is
// answered from the newest one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/hls/segment.hpp"

namespace ae::media::hls {

inline constexpr int kTargetDuration = 6;

/// Bits per second, measured: the peak of a segment, and the mean.
struct Bandwidth {
    double peak = 0;
    double average = 0;
};

/// What a player is told about a rendition in the multivariant playlist. Changes with the timeline only.
struct RenditionFormat {
    std::string id = {};  // `main`, `v1`, `v2`, …, `audio`
    std::string codecs = {};
    std::uint32_t width = 0, height = 0;  // 0: no picture
    double frame_rate = 0;
};

struct RenditionView {
    std::shared_ptr<const RenditionFormat> format;
    /// Finished segments, oldest first; those before `first_listed` left the playlist and can still be fetched.
    std::shared_ptr<const SegmentList> segments;
    std::size_t first_listed = 0;
    /// The segment in the making; none before its first part.
    SegmentHeadPtr open;
    std::vector<PartPtr> open_parts;
    Bandwidth bandwidth;
    /// The first media sequence number it ever had: a rendition may begin later than its stream.
    std::uint64_t first_msn = 0;
};

/// Whether a playlist that has this part can be given.
enum class Availability : std::uint8_t {
    ready,
    wait,     // park the request until the next snapshot; after three target durations answer 503
    too_far,  // 400: no client that follows the playlist asks for it
    unknown,  // 404: no such rendition
};

struct FoundMedia {
    enum class State : std::uint8_t {
        ready,
        wait,     // the part that the preload hint names: hold the request
        gone,     // 410: it was here
        unknown,  // 404
    };
    State state = State::unknown;
    bool init = false;                   // an initialisation segment (video/mp4); else a part or a segment (video/iso.segment)
    std::vector<SharedBytes> rope = {};  // the pieces in order
};

struct Snapshot {
    std::uint64_t epoch = 0;
    std::string media_prefix;
    /// The segment that the next part belongs to; all renditions share it.
    std::uint64_t open_msn = 0;
    /// The number of that part.
    std::uint64_t open_part = 0;
    double part_target = 0;  // seconds; constant for the stream's life
    bool ended = false;
    /// No segment began without a keyframe yet.
    bool independent_segments = true;
    std::vector<RenditionView> renditions;  // `main` first
    std::size_t memory_bytes = 0;           // all media that it holds

    const RenditionView* find(std::string_view rendition) const;
    /// For `_HLS_msn` and `_HLS_part`. Without a part (Safari) the first one is meant. What is past is ready; so is all, at the end.
    Availability at(std::string_view rendition, std::uint64_t msn, std::optional<std::uint64_t> part) const;
    /// `name` is the last component of a media address: `init-<n>.mp4`, `<msn>.m4s`, `<msn>.<part>.m4s`.
    FoundMedia find_media(std::string_view rendition, std::string_view name) const;
    /// Whether a player that starts now has enough: three parts after a keyframe (the hold-back), or a whole segment.
    bool playable() const;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace ae::media::hls
