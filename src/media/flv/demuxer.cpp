#include "media/flv/demuxer.hpp"

#include <algorithm>

#include "media/codec/aac.hpp"
#include "media/codec/h264_config.hpp"
#include "media/codec/nal_units.hpp"
#include "media/codec/records.hpp"

namespace ae::media::flv {

namespace {

bool has_nal_units(Codec codec) { return codec == Codec::h264 || codec == Codec::hevc; }

}  // namespace

void Demuxed::clear() {
    frames.clear();
    formats.clear();
    metadata.reset();
    unknown.reset();
}

Demuxer::Track* Demuxer::find(const MediaPacket& packet) {
    for (auto& track : tracks_) {
        if (track.media == packet.media && track.id == packet.track) return &track;
    }
    return nullptr;
}

Result<TrackFormat> Demuxer::make_format(const MediaPacket& packet, BytesView bytes, unsigned& length_size) const {
    switch (*packet.codec) {
        case Codec::h264: {
            auto config = h264::parse_avcc(bytes);
            if (!config) return config.error();
            length_size = config->length_size;
            return h264::make_format(*config, bytes);
        }
        case Codec::aac: {
            auto config = aac::parse_asc(bytes);
            if (!config) return config.error();
            return aac::make_format(*config, bytes);
        }
        case Codec::hevc: {
            auto format = parse_hvcc(bytes);
            if (format) length_size = hvcc_length_size(bytes);
            return format;
        }
        case Codec::av1: return parse_av1c(bytes);
        case Codec::vp9: return parse_vpcc(bytes);
        case Codec::opus: return parse_opus_head(bytes);
        case Codec::flac: return parse_flac(bytes);
        case Codec::mp3: break;
    }
    return Error{Errc::invalid, "tag_malformed", "MP3 has no sequence header."};
}

Result<void> Demuxer::read_header(const MediaPacket& packet, BytesView bytes, Demuxed& out) {
    auto* track = find(packet);
    // Encoders repeat their headers; only a change is news.
    if (track != nullptr && track->format->codec == *packet.codec && std::ranges::equal(track->header, bytes)) return {};
    if (track == nullptr && tracks_.size() >= kMaxTracks) return Error{Errc::too_large, "too_many_tracks", "The stream has more than 16 tracks."};

    unsigned length_size = 4;
    auto format = make_format(packet, bytes, length_size);
    if (!format) return format.error();
    if (format->kind == MediaKind::video) {
        if (format->frame_rate == 0) format->frame_rate = metadata_.frame_rate;
        if (format->width == 0) format->width = metadata_.width;
        if (format->height == 0) format->height = metadata_.height;
    }
    if (track == nullptr) track = &tracks_.emplace_back(Track{.media = packet.media, .id = packet.track});
    track->break_pending |= track->has_frames;
    track->format = std::make_shared<const TrackFormat>(std::move(*format));
    track->header.assign(bytes.begin(), bytes.end());
    track->length_size = length_size;
    out.formats.push_back({packet.track, track->format});
    return {};
}

void Demuxer::place(Track& track, const MediaPacket& packet, Arrival arrival, Frame& frame) {
    const auto point = timeline_.place(track.clock, arrival.timestamp_ms);
    const auto scale = track.format->timescale;
    frame.discontinuity = point.discontinuity || track.break_pending;
    if (track.media == MediaKind::audio) {
        // A new format may count in another scale: its ticks start from the time, not from the old count.
        if (track.break_pending) track.samples = SampleClock{};
        frame.dts = frame.pts = track.samples.place(point.ms, track.format->samples_per_frame, scale, point.discontinuity);
    } else {
        const auto told = rescale(point.ms, Timescale{1'000}, scale);
        frame.dts = track.has_frames ? std::max(told, track.last_dts + 1) : told;
        frame.pts = told + rescale(packet.composition_ms, Timescale{1'000}, scale) + rescale(packet.offset_ns, Timescale{1'000'000'000}, scale);
    }
    track.break_pending = false;
    track.has_frames = true;
    track.last_dts = frame.dts;
}

Result<void> Demuxer::read_frame(const MediaPacket& packet, Bytes payload, Arrival arrival, Demuxed& out) {
    auto* track = find(packet);
    if (track == nullptr || track->format->codec != *packet.codec) {
        return Error{Errc::invalid, "frame_before_header", "A frame came before its track's sequence header."};
    }
    Frame frame;
    frame.keyframe = packet.key_flag || packet.media == MediaKind::audio;
    if (has_nal_units(*packet.codec)) {
        auto unit = normalise_access_unit(payload, track->length_size, *packet.codec);
        if (!unit) return unit.error();
        frame.keyframe = unit->idr;
    }
    frame.format = track->format;
    frame.track = packet.track;
    frame.arrived = arrival.at;
    frame.payload = std::move(payload);
    place(*track, packet, arrival, frame);
    out.frames.push_back(std::make_shared<const Frame>(std::move(frame)));
    return {};
}

Result<void> Demuxer::feed_packet(const MediaPacket& packet, Bytes& body, bool last, Arrival arrival, Demuxed& out) {
    if (!packet.codec || *packet.codec == Codec::mp3) {
        out.unknown = UnknownCodec{packet.media, packet.codec_label};
        return {};
    }
    const auto bytes = BytesView{body}.subspan(packet.begin, packet.size);
    if (packet.kind == PacketKind::sequence_start) return read_header(packet, bytes, out);
    if (packet.kind != PacketKind::coded_frames || bytes.empty()) return {};

    if (!last) return read_frame(packet, Bytes(bytes.begin(), bytes.end()), arrival, out);
    // The frame takes the message's buffer; moving the bytes over the few of the header is cheaper than a second buffer.
    body.resize(packet.begin + packet.size);
    body.erase(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(packet.begin));
    return read_frame(packet, std::move(body), arrival, out);
}

Result<void> Demuxer::feed(TagType type, std::uint32_t timestamp_ms, Bytes body, SteadyTime arrived, Demuxed& out) {
    if (type == TagType::script) {
        auto metadata = parse_metadata(body);
        if (!metadata) return metadata.error();
        if (*metadata) out.metadata = metadata_ = **metadata;
        return {};
    }
    packets_.clear();
    const auto parsed = type == TagType::video ? parse_video_tag(body, packets_) : parse_audio_tag(body, packets_);
    std::optional<Error> refused;
    for (std::size_t i = 0; i < packets_.size(); ++i) {
        auto fed = feed_packet(packets_[i], body, i + 1 == packets_.size(), {timestamp_ms, arrived}, out);
        if (!fed && !refused) refused = fed.error();
    }
    if (!parsed) return parsed.error();
    if (refused) return *refused;
    return {};
}

}  // namespace ae::media::flv
