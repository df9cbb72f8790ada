// From FLV tags (which are RTMP's media messages) to Frames.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"
#include "media/flv/media_packet.hpp"
#include "media/flv/metadata.hpp"
#include "media/flv/timeline.hpp"

namespace ae::media::flv {

enum class TagType : std::uint8_t { audio = 8, video = 9, script = 18 };

/// A format that a track has from now on.
struct TrackAnnounced {
    std::uint8_t track = 0;
    FormatPtr format;
};

/// A codec that this program cannot even parse.
struct UnknownCodec {
    MediaKind media = MediaKind::video;
    std::string name;
};

/// What tags became, in order; the caller empties it.
struct Demuxed {
    std::vector<FramePtr> frames;
    std::vector<TrackAnnounced> formats;
    std::optional<Metadata> metadata;
    std::optional<UnknownCodec> unknown;
    void clear();
};

/// One publisher's tags. A malformed tag is refused and leaves no trace: the next one is as good as ever.
class Demuxer {
  public:
    static constexpr std::size_t kMaxTracks = 16;

    /// Takes the body over: a frame's payload is the message's own bytes. Refuses `tag_malformed`, `frame_before_header`,
    /// `too_many_tracks`, and what the codecs' parsers refuse.
    Result<void> feed(TagType type, std::uint32_t timestamp_ms, Bytes body, SteadyTime arrived, Demuxed& out);

  private:
    struct Track {
        MediaKind media = MediaKind::video;
        std::uint8_t id = 0;
        FormatPtr format = {};
        Bytes header = {};
        unsigned length_size = 4;
        bool break_pending = false;
        bool has_frames = false;
        std::int64_t last_dts = 0;
        Timeline::Track clock = {};
        SampleClock samples = {};
    };
    struct Arrival {
        std::uint32_t timestamp_ms;
        SteadyTime at;
    };

    Result<void> feed_packet(const MediaPacket& packet, Bytes& body, bool last, Arrival arrival, Demuxed& out);
    Result<void> read_header(const MediaPacket& packet, BytesView bytes, Demuxed& out);
    Result<void> read_frame(const MediaPacket& packet, Bytes payload, Arrival arrival, Demuxed& out);
    Result<TrackFormat> make_format(const MediaPacket& packet, BytesView bytes, unsigned& length_size) const;
    void place(Track& track, const MediaPacket& packet, Arrival arrival, Frame& frame);
    Track* find(const MediaPacket& packet);

    Timeline timeline_;
    std::vector<Track> tracks_;
    std::vector<MediaPacket> packets_;
    Metadata metadata_;
};

}  // namespace ae::media::flv
