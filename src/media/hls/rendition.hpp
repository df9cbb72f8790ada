// One rendition in the making: it takes parts, makes segments of them, and keeps the window that players can fetch.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "media/hls/snapshot.hpp"

namespace ae::media::hls {

/// What a playlist lists, and what memory holds. A segment leaves the list when `most` of time, or more bytes than `bytes`, would still
/// be listed without it, but never below `least` and `least_segments`: players need three target durations (rfc8216bis section 6.2.2).
struct WindowLimits {
    std::size_t least_segments = 6;
    Duration least = std::chrono::seconds{20};
    /// Longer than the skip boundary, or no playlist could ever be a delta.
    Duration most = std::chrono::seconds{44};
    std::size_t bytes = std::size_t{64} << 20;
    /// How many segments stay fetchable after they left the list: a player may be at one.
    std::size_t lingering_segments = 2;
};

class Rendition {
  public:
    Rendition(std::string id, std::string media_prefix, WindowLimits limits);

    const std::string& id() const { return format_->id; }
    /// A new timeline: what follows needs this initialisation segment (the same as before keeps its address). Empty: the rendition has
    /// nothing to give in this timeline, and its parts will be gaps.
    void set_format(RenditionFormat format, Bytes init);
    /// Between segments only.
    void open_segment(std::uint64_t msn, std::uint64_t discontinuity_sequence, bool discontinuity, WallTime starts);
    bool segment_is_open() const { return open_ != nullptr; }
    /// A part of the open segment; without bytes it is a gap.
    void add_part(SharedBytes bytes, double seconds, bool independent);
    /// `seconds`: what its parts last together.
    void close_segment(double seconds);
    /// For the fragment's header: rises by one with each.
    std::uint32_t next_sequence() { return ++sequence_; }

    const RenditionView& view() const { return view_; }
    std::size_t memory_bytes() const { return bytes_; }

  private:
    std::string address(std::string_view name) const;
    void measure(double seconds, std::size_t bytes);
    void slide();
    bool may_leave(const Segment& oldest) const;

    std::string media_prefix_;
    WindowLimits limits_;
    std::shared_ptr<const RenditionFormat> format_;
    InitPtr init_;
    std::uint64_t inits_ = 0;
    std::uint32_t sequence_ = 0;

    SegmentHeadPtr open_;
    double open_seconds_ = 0;
    std::size_t open_bytes_ = 0;

    RenditionView view_;
    std::size_t bytes_ = 0;  // of everything that can be fetched
    std::size_t listed_bytes_ = 0;
    double listed_seconds_ = 0;
    double measured_seconds_ = 0, measured_bytes_ = 0;
};

}  // namespace ae::media::hls
