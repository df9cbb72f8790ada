#include "media/mp4/inspect.hpp"

#include <optional>
#include <string_view>

namespace ae::media::mp4 {

namespace {

const Error kTruncated{Errc::invalid, "box_truncated", "A box is longer than what holds it."};
const Error kInvalid{Errc::invalid, "box_invalid", "A box does not hold what its type promises."};

struct FoundBox {
    std::string_view type;
    BytesView body;
    std::size_t start = 0;  // of its header, in the bytes of the walk
};

/// Walks the boxes that stand side by side.
class BoxWalk {
  public:
    explicit BoxWalk(BytesView bytes) : bytes_(bytes) {}

    std::optional<FoundBox> next() {
        if (at_ == bytes_.size()) return std::nullopt;
        ByteReader in{bytes_.subspan(at_)};
        const std::uint32_t size = in.u32();
        const auto type = in.bytes(4);
        if (in.failed() || size < 8 || size > bytes_.size() - at_) {
            failed_ = true;
            return std::nullopt;
        }
        FoundBox box{as_text(type), bytes_.subspan(at_ + 8, size - 8), at_};
        at_ += size;
        return box;
    }
    bool failed() const { return failed_; }

  private:
    BytesView bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

std::optional<BytesView> child(BytesView bytes, std::string_view type) {
    BoxWalk walk{bytes};
    while (const auto box = walk.next()) {
        if (box->type == type) return box->body;
    }
    return std::nullopt;
}

struct RunDefaults {
    std::uint32_t track_id = 0, duration = 0, size = 0, flags = 0;
};

std::optional<RunDefaults> read_tfhd(BytesView body) {
    ByteReader in{body};
    const std::uint32_t flags = in.u32() & 0xffffff;
    RunDefaults defaults{.track_id = in.u32()};
    if (flags & 0x01) in.u64();
    if (flags & 0x02) in.u32();
    if (flags & 0x08) defaults.duration = in.u32();
    if (flags & 0x10) defaults.size = in.u32();
    if (flags & 0x20) defaults.flags = in.u32();
    if (in.failed()) return std::nullopt;
    return defaults;
}

/// `file` begins at the fragment's `moof`: data offsets count from there.
bool read_trun(BytesView body, const RunDefaults& defaults, BytesView file, ReadRun& run) {
    ByteReader in{body};
    const std::uint32_t flags = in.u32() & 0xffffff;
    const std::uint32_t count = in.u32();
    std::size_t at = flags & 0x001 ? in.u32() : 0;
    std::optional<std::uint32_t> first_flags;
    if (flags & 0x004) first_flags = in.u32();
    std::int64_t time = static_cast<std::int64_t>(run.decode_time);
    if (!run.samples.empty()) time = run.samples.back().decode_time + run.samples.back().duration;
    for (std::uint32_t i = 0; i < count && !in.failed(); ++i) {
        ReadSample sample{.decode_time = time, .duration = flags & 0x100 ? in.u32() : defaults.duration};
        const std::uint32_t size = flags & 0x200 ? in.u32() : defaults.size;
        std::uint32_t sample_flags = flags & 0x400 ? in.u32() : defaults.flags;
        if (i == 0 && first_flags) sample_flags = *first_flags;
        if (flags & 0x800) sample.composition_offset = static_cast<std::int32_t>(in.u32());
        if (in.failed() || at > file.size() || size > file.size() - at || size == 0) return false;
        sample.sync = (sample_flags & 0x00010000) == 0;
        sample.payload = file.subspan(at, size);
        at += size;
        time += sample.duration;
        run.samples.push_back(sample);
    }
    return !in.failed();
}

Result<ReadRun> read_traf(BytesView body, BytesView file) {
    const auto tfhd = child(body, "tfhd"), tfdt = child(body, "tfdt");
    if (!tfhd || !tfdt) return kInvalid;
    const auto defaults = read_tfhd(*tfhd);
    if (!defaults) return kInvalid;
    ByteReader time{*tfdt};
    ReadRun run{.track_id = defaults->track_id};
    run.decode_time = time.u32() >> 24 == 1 ? time.u64() : time.u32();
    if (time.failed()) return kInvalid;
    BoxWalk walk{body};
    while (const auto box = walk.next()) {
        if (box->type == "trun" && !read_trun(box->body, *defaults, file, run)) return kInvalid;
    }
    if (walk.failed()) return kTruncated;
    return run;
}

Result<ReadFragment> read_moof(BytesView body, BytesView file) {
    const auto mfhd = child(body, "mfhd");
    if (!mfhd || mfhd->size() != 8) return kInvalid;
    ReadFragment fragment{.sequence = ByteReader{mfhd->subspan(4)}.u32()};
    BoxWalk walk{body};
    while (const auto box = walk.next()) {
        if (box->type != "traf") continue;
        auto run = read_traf(box->body, file);
        if (!run) return run.error();
        fragment.runs.push_back(std::move(*run));
    }
    if (walk.failed()) return kTruncated;
    return fragment;
}

Result<ReadTrack> read_trak(BytesView trak) {
    const auto mdia = child(trak, "mdia");
    const auto tkhd = child(trak, "tkhd");
    if (!mdia || !tkhd || tkhd->size() < 16) return kInvalid;
    const auto mdhd = child(*mdia, "mdhd"), hdlr = child(*mdia, "hdlr"), minf = child(*mdia, "minf");
    if (!mdhd || mdhd->size() < 16 || !hdlr || hdlr->size() < 12 || !minf) return kInvalid;
    const auto stbl = child(*minf, "stbl");
    const auto stsd = stbl ? child(*stbl, "stsd") : std::nullopt;
    if (!stsd || stsd->size() < 16) return kInvalid;
    return ReadTrack{.id = ByteReader{tkhd->subspan(12)}.u32(),
                     .timescale = ByteReader{mdhd->subspan(12)}.u32(),
                     .handler = std::string{as_text(hdlr->subspan(8, 4))},
                     .entry = std::string{as_text(stsd->subspan(12, 4))}};
}

}  // namespace

Result<std::vector<ReadFragment>> read_fragments(BytesView bytes) {
    std::vector<ReadFragment> fragments;
    BoxWalk walk{bytes};
    while (const auto box = walk.next()) {
        if (box->type != "moof") continue;
        auto fragment = read_moof(box->body, bytes.subspan(box->start));
        if (!fragment) return fragment.error();
        fragments.push_back(std::move(*fragment));
    }
    if (walk.failed()) return kTruncated;
    return fragments;
}

Result<std::vector<ReadTrack>> read_init_segment(BytesView bytes) {
    const auto moov = child(bytes, "moov");
    if (!moov) return kInvalid;
    std::vector<ReadTrack> tracks;
    BoxWalk walk{*moov};
    while (const auto box = walk.next()) {
        if (box->type != "trak") continue;
        auto track = read_trak(box->body);
        if (!track) return track.error();
        tracks.push_back(std::move(*track));
    }
    if (walk.failed()) return kTruncated;
    return tracks;
}

}  // namespace ae::media::mp4
