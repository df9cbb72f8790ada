#include "media/mp4/fragment.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "media/mp4/box.hpp"

namespace ae::media::mp4 {

namespace {

// ISO 14496-12 section 8.8.7 (tfhd) and 8.8.8 (trun).
constexpr std::uint32_t kDefaultDuration = 0x08, kDefaultFlags = 0x20, kBaseIsMoof = 0x020000;
constexpr std::uint32_t kDataOffset = 0x001, kSampleDuration = 0x100, kSampleSize = 0x200, kSampleFlags = 0x400, kSampleOffset = 0x800;
// Section 8.8.3.1: depends on no other sample; depends on others and is no sync sample.
constexpr std::uint32_t kSync = 0x02000000, kNotSync = 0x01010000;

constexpr std::size_t kBoxHeader = 8, kMfhd = 16, kTfdt = 20, kTrunHeader = 20;

/// What a run's boxes must say for each sample, and how large that makes them.
struct RunLayout {
    bool same_duration = true;
    bool same_flags = true;
    bool offsets = false;
    std::size_t data = 0;

    explicit RunLayout(const TrackRun& run) {
        for (const auto& sample : run.samples) {
            same_duration = same_duration && sample.duration == run.samples.front().duration;
            same_flags = same_flags && sample.sync == run.samples.front().sync;
            offsets = offsets || sample.composition_offset != 0;
            data += sample.payload.size();
        }
    }
    std::size_t tfhd() const { return 20u + (same_duration ? 4u : 0u); }
    std::size_t per_sample() const { return 4u + (same_duration ? 0u : 4u) + (same_flags ? 0u : 4u) + (offsets ? 4u : 0u); }
    std::size_t traf(std::size_t samples) const { return kBoxHeader + tfhd() + kTfdt + (samples == 0 ? 0 : kTrunHeader + samples * per_sample()); }
};

void write_traf(ByteWriter& out, const TrackRun& run, const RunLayout& layout, std::size_t data_offset) {
    const Box traf{out, "traf"};
    {
        const Box tfhd{out, "tfhd", 0, kBaseIsMoof | kDefaultFlags | (layout.same_duration ? kDefaultDuration : 0)};
        out.u32(run.track_id);
        if (layout.same_duration) out.u32(run.samples.empty() ? 0 : run.samples.front().duration);
        out.u32(run.samples.empty() || run.samples.front().sync ? kSync : kNotSync);
    }
    {
        const Box tfdt{out, "tfdt", 1, 0};
        out.u64(run.decode_time);
    }
    if (run.samples.empty()) return;
    const Box trun{out, "trun", 1,
                   kDataOffset | kSampleSize | (layout.same_duration ? 0 : kSampleDuration) | (layout.same_flags ? 0 : kSampleFlags) |
                       (layout.offsets ? kSampleOffset : 0)};
    out.u32(run.samples.size()).u32(data_offset);
    for (const auto& sample : run.samples) {
        if (!layout.same_duration) out.u32(sample.duration);
        out.u32(sample.payload.size());
        if (!layout.same_flags) out.u32(sample.sync ? kSync : kNotSync);
        if (layout.offsets) out.u32(static_cast<std::uint32_t>(sample.composition_offset));
    }
}

void write_moof(ByteWriter& out, std::uint32_t sequence, std::span<const TrackRun> runs, std::span<const RunLayout> layouts,
                std::size_t data_offset) {
    const Box moof{out, "moof"};
    {
        const Box mfhd{out, "mfhd", 0, 0};
        out.u32(sequence);
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        write_traf(out, runs[i], layouts[i], data_offset);
        data_offset += layouts[i].data;
    }
}

void write_mdat(ByteWriter& out, std::span<const TrackRun> runs) {
    const Box mdat{out, "mdat"};
    for (const auto& run : runs) {
        for (const auto& sample : run.samples) out.bytes(sample.payload);
    }
}

}  // namespace

Bytes fragment(std::uint32_t sequence, std::span<const TrackRun> runs) {
    std::vector<RunLayout> layouts;
    layouts.reserve(runs.size());
    std::size_t moof_size = kBoxHeader + kMfhd, data_size = 0;
    for (const auto& run : runs) {
        const auto& layout = layouts.emplace_back(run);
        moof_size += layout.traf(run.samples.size());
        data_size += layout.data;
    }
    const std::size_t size = moof_size + kBoxHeader + data_size;

    Bytes bytes;
    bytes.reserve(size);
    ByteWriter out{bytes};
    write_moof(out, sequence, runs, layouts, moof_size + kBoxHeader);
    write_mdat(out, runs);
    AE_CHECK(bytes.size() == size, "the layout counts every byte that is written");
    return bytes;
}

}  // namespace ae::media::mp4
