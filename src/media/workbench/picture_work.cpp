#include "media/workbench/picture_work.hpp"

#include "media/job/message.hpp"
#include "media/workbench/encode.hpp"

namespace ae::media::workbench {

namespace {

using job::Crop;
using job::Fault;
using job::Rendition;
using job::Renditions;

Done<Rendition> rendition(const Canvas& canvas, const Crop& part, job::PictureSize wanted, job::Fit fit) {
    const bool cover = fit == job::Fit::cover;
    auto picture = canvas.scaled(cover ? covering(part, wanted) : part, cover ? wanted : fitting(part, wanted));
    if (!picture) return std::unexpected{Fault::broken};
    auto webp = encode_webp(*picture);
    if (picture->has_transparency()) picture->flatten();
    auto jpeg = encode_jpeg(*picture);
    if (!webp || !jpeg) return std::unexpected{Fault::broken};
    return Rendition{picture->size(), std::move(*webp), std::move(*jpeg)};
}

Done<Renditions> renditions(const Canvas& canvas, const Crop& part, const job::Shape& shape) {
    Renditions out{canvas.size(), {}};
    for (const auto& size : shape.sizes) {
        auto one = rendition(canvas, part, size, shape.fit);
        if (!one) return std::unexpected{one.error()};
        out.all.push_back(std::move(*one));
    }
    return out;
}

bool inside(const Crop& crop, job::PictureSize size) {
    return crop.width > 0 && crop.height > 0 && crop.width <= size.width && crop.height <= size.height && crop.x <= size.width - crop.width &&
           crop.y <= size.height - crop.height;
}

Crop all_of(const Canvas& canvas) { return {0, 0, canvas.size().width, canvas.size().height}; }

template <class Job>
Done<Bytes> answer(const std::optional<Job>& job) {
    if (!job) return std::unexpected{Fault::job_invalid};
    const auto made = work_on(*job);
    if (!made) return std::unexpected{made.error()};
    auto bytes = to_bytes(*made);
    if (!job::fits_message(bytes.size())) return std::unexpected{Fault::too_large};
    return bytes;
}

}  // namespace

Done<Renditions> work_on(const job::PictureJob& job) {
    const auto canvas = decode_picture(job.file, job.most_pixels);
    if (!canvas) return std::unexpected{canvas.error()};
    const auto part = job.crop.value_or(all_of(*canvas));
    if (!inside(part, canvas->size())) return std::unexpected{Fault::crop_outside};
    return renditions(*canvas, part, job.shape);
}

Done<Renditions> work_on(const job::KeyframeJob& job) {
    const auto canvas = decode_keyframe(job.decoder_config, job.access_unit, job.most_pixels);
    if (!canvas) return std::unexpected{canvas.error()};
    return renditions(*canvas, all_of(*canvas), job.shape);
}

Done<Bytes> work_on_message(BytesView body) {
    if (body.empty()) return std::unexpected{Fault::job_invalid};
    switch (static_cast<job::JobKind>(body[0])) {
        case job::JobKind::picture: return answer(job::picture_job_from(body.subspan(1)));
        case job::JobKind::keyframe: return answer(job::keyframe_job_from(body.subspan(1)));
    }
    return std::unexpected{Fault::job_invalid};
}

}  // namespace ae::media::workbench
