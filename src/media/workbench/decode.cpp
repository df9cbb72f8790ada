#include "media/workbench/decode.hpp"

#include <cstring>

#include "media/workbench/clean_file.hpp"

extern "C" {
#include <libavutil/mem.h>
}

namespace ae::media::workbench {

namespace {

using job::Fault;
using job::PictureType;

constexpr std::uint64_t kPadding = 1 << 16;

AVCodecID codec_of(PictureType type) {
    switch (type) {
        case PictureType::png: return AV_CODEC_ID_PNG;
        case PictureType::jpeg: return AV_CODEC_ID_MJPEG;
        case PictureType::webp: return AV_CODEC_ID_WEBP;
        case PictureType::gif: return AV_CODEC_ID_GIF;
    }
    return AV_CODEC_ID_NONE;
}

CodecPtr open_decoder(AVCodecID id, BytesView extradata, std::uint64_t most_pixels) {
    const AVCodec* const codec = avcodec_find_decoder(id);
    CodecPtr context{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!context) return nullptr;
    context->thread_count = 1;
    // A second fence behind the head's: libav counts the blocks that it pads the edges with, so there is room for those.
    context->max_pixels = static_cast<std::int64_t>(most_pixels + most_pixels / 4 + kPadding);
    if (!extradata.empty()) {
        context->extradata = static_cast<std::uint8_t*>(av_mallocz(extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
        if (context->extradata == nullptr) return nullptr;
        std::memcpy(context->extradata, extradata.data(), extradata.size());
        context->extradata_size = static_cast<int>(extradata.size());
    }
    if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
    return context;
}

/// One packet in, one frame out.
FramePtr decode_one(AVCodecContext& context, BytesView bytes) {
    PacketPtr packet{av_packet_alloc()};
    FramePtr frame{av_frame_alloc()};
    if (!packet || !frame || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) return nullptr;
    std::memcpy(packet->data, bytes.data(), bytes.size());
    packet->flags |= AV_PKT_FLAG_KEY;
    if (avcodec_send_packet(&context, packet.get()) < 0) return nullptr;
    // A decoder that waits for more to reorder gives out what it has at the end.
    avcodec_send_packet(&context, nullptr);
    if (avcodec_receive_frame(&context, frame.get()) < 0) return nullptr;
    return frame;
}

bool within(const AVFrame& frame, std::uint64_t most_pixels) {
    return frame.width > 0 && frame.height > 0 && static_cast<std::uint64_t>(frame.width) * static_cast<std::uint64_t>(frame.height) <= most_pixels;
}

Done<Canvas> decode(AVCodecID id, BytesView extradata, BytesView bytes, std::uint64_t most_pixels) {
    const auto context = open_decoder(id, extradata, most_pixels);
    if (!context) return std::unexpected{Fault::broken};
    const auto frame = decode_one(*context, bytes);
    if (!frame) return std::unexpected{Fault::broken};
    if (!within(*frame, most_pixels)) return std::unexpected{Fault::too_large};
    auto canvas = Canvas::from_frame(*frame);
    if (!canvas) return std::unexpected{Fault::broken};
    return std::move(*canvas);
}

}  // namespace

Done<Canvas> decode_picture(BytesView file, std::uint64_t most_pixels) {
    if (const auto refused = job::refusal_of(file, most_pixels)) return std::unexpected{*refused};
    const auto type = job::read_picture_head(file)->type;
    const auto clean = clean_file(type, file);
    if (!clean) return std::unexpected{Fault::broken};
    auto canvas = decode(codec_of(type), {}, *clean, most_pixels);
    const int orientation = orientation_of(type, file);
    if (!canvas || orientation == 1) return canvas;
    auto upright = canvas->oriented(orientation);
    if (!upright) return std::unexpected{Fault::broken};
    return std::move(*upright);
}

Done<Canvas> decode_keyframe(BytesView decoder_config, BytesView access_unit, std::uint64_t most_pixels) {
    if (decoder_config.empty() || access_unit.empty()) return std::unexpected{Fault::broken};
    return decode(AV_CODEC_ID_H264, decoder_config, access_unit, most_pixels);
}

}  // namespace ae::media::workbench
