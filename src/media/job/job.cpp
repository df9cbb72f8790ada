#include "media/job/job.hpp"

namespace ae::media::job {

namespace {

void put(ByteWriter& out, const Bytes& bytes) { out.u32(bytes.size()).bytes(bytes); }

Bytes take(ByteReader& in) {
    const auto size = in.u32();
    const auto bytes = in.bytes(size);
    return {bytes.begin(), bytes.end()};
}

void put(ByteWriter& out, const Shape& shape) {
    out.u8(static_cast<std::uint8_t>(shape.fit)).u8(shape.sizes.size());
    for (const auto& size : shape.sizes) out.u32(size.width).u32(size.height);
}

bool usable(const PictureSize& size) { return size.width > 0 && size.width <= kMostSide && size.height > 0 && size.height <= kMostSide; }

std::optional<Shape> take_shape(ByteReader& in) {
    Shape shape;
    const auto fit = in.u8();
    const std::size_t count = in.u8();
    if (fit > static_cast<std::uint8_t>(Fit::inside) || count == 0 || count > kMostSizes) return std::nullopt;
    shape.fit = static_cast<Fit>(fit);
    for (std::size_t i = 0; i < count; ++i) {
        PictureSize size;
        size.width = in.u32();
        size.height = in.u32();
        if (!usable(size)) return std::nullopt;
        shape.sizes.push_back(size);
    }
    return shape;
}

std::optional<Crop> take_crop(ByteReader& in) {
    Crop crop;
    crop.x = in.u32();
    crop.y = in.u32();
    crop.width = in.u32();
    crop.height = in.u32();
    return crop;
}

bool whole(const ByteReader& in) { return !in.failed() && in.empty(); }

}  // namespace

std::string_view reason_of(Fault fault) {
    switch (fault) {
        case Fault::job_invalid: return "job_invalid";
        case Fault::type_unknown: return "picture_type_unknown";
        case Fault::too_large: return "picture_too_large";
        case Fault::broken: return "picture_broken";
        case Fault::crop_outside: return "crop_outside";
    }
    return "job_invalid";
}

std::string_view sentence_of(Fault fault) {
    switch (fault) {
        case Fault::job_invalid: return "The worker does not know such a job.";
        case Fault::type_unknown: return "Send a PNG, JPEG, WebP or GIF picture.";
        case Fault::too_large: return "The picture has too many pixels; make it smaller.";
        case Fault::broken: return "The picture cannot be read; save it again and retry.";
        case Fault::crop_outside: return "The part to cut out must lie inside the picture.";
    }
    return "The worker does not know such a job.";
}

std::optional<Fault> fault_from(std::uint8_t byte) {
    if (byte < static_cast<std::uint8_t>(Fault::job_invalid) || byte > static_cast<std::uint8_t>(Fault::crop_outside)) return std::nullopt;
    return static_cast<Fault>(byte);
}

Bytes to_bytes(const PictureJob& job) {
    Bytes bytes;
    ByteWriter out{bytes};
    out.u8(static_cast<std::uint8_t>(JobKind::picture)).u64(job.most_pixels);
    put(out, job.shape);
    out.u8(job.crop ? 1 : 0);
    if (job.crop) out.u32(job.crop->x).u32(job.crop->y).u32(job.crop->width).u32(job.crop->height);
    put(out, job.file);
    return bytes;
}

Bytes to_bytes(const KeyframeJob& job) {
    Bytes bytes;
    ByteWriter out{bytes};
    out.u8(static_cast<std::uint8_t>(JobKind::keyframe)).u64(job.most_pixels);
    put(out, job.shape);
    put(out, job.decoder_config);
    put(out, job.access_unit);
    return bytes;
}

Bytes to_bytes(const Renditions& renditions) {
    Bytes bytes;
    ByteWriter out{bytes};
    out.u32(renditions.source.width).u32(renditions.source.height).u8(renditions.all.size());
    for (const auto& one : renditions.all) {
        out.u32(one.size.width).u32(one.size.height);
        put(out, one.webp);
        put(out, one.jpeg);
    }
    return bytes;
}

std::optional<PictureJob> picture_job_from(BytesView bytes) {
    ByteReader in{bytes};
    PictureJob job;
    job.most_pixels = in.u64();
    auto shape = take_shape(in);
    if (!shape) return std::nullopt;
    job.shape = std::move(*shape);
    const auto has_crop = in.u8();
    if (has_crop > 1) return std::nullopt;
    if (has_crop == 1) job.crop = take_crop(in);
    job.file = take(in);
    if (!whole(in)) return std::nullopt;
    return job;
}

std::optional<KeyframeJob> keyframe_job_from(BytesView bytes) {
    ByteReader in{bytes};
    KeyframeJob job;
    job.most_pixels = in.u64();
    auto shape = take_shape(in);
    if (!shape) return std::nullopt;
    job.shape = std::move(*shape);
    job.decoder_config = take(in);
    job.access_unit = take(in);
    if (!whole(in)) return std::nullopt;
    return job;
}

std::optional<Renditions> renditions_from(BytesView bytes) {
    ByteReader in{bytes};
    Renditions renditions;
    renditions.source.width = in.u32();
    renditions.source.height = in.u32();
    const std::size_t count = in.u8();
    if (count > kMostSizes) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
        Rendition one;
        one.size.width = in.u32();
        one.size.height = in.u32();
        one.webp = take(in);
        one.jpeg = take(in);
        if (!usable(one.size)) return std::nullopt;
        renditions.all.push_back(std::move(one));
    }
    if (!whole(in)) return std::nullopt;
    return renditions;
}

}  // namespace ae::media::job
