#include "media/workbench/encode.hpp"

#include <cstdlib>

extern "C" {
#include <libavutil/opt.h>
}

namespace ae::media::workbench {

namespace {

// Chosen by eye on faces and on game pictures: below these, blocks show around letters.
constexpr int kWebpQuality = 82;
constexpr int kJpegQuantizer = 3;

CodecPtr encoder(const AVCodec* codec, job::PictureSize size, AVPixelFormat format) {
    CodecPtr context{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!context) return nullptr;
    context->width = static_cast<int>(size.width);
    context->height = static_cast<int>(size.height);
    context->pix_fmt = format;
    context->time_base = {1, 25};
    context->thread_count = 1;
    // No encoder's name and version in the file.
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    return context;
}

std::optional<Bytes> encode_one(AVCodecContext& context, const AVFrame& frame) {
    PacketPtr packet{av_packet_alloc()};
    if (!packet || avcodec_send_frame(&context, &frame) < 0) return std::nullopt;
    avcodec_send_frame(&context, nullptr);
    if (avcodec_receive_packet(&context, packet.get()) < 0) return std::nullopt;
    return Bytes(packet->data, packet->data + packet->size);
}

/// Full range and BT.601: what a JPEG is by definition (JFIF 1.02).
FramePtr as_jpeg_colours(const Canvas& canvas) {
    FramePtr frame{av_frame_alloc()};
    if (!frame) return nullptr;
    frame->format = AV_PIX_FMT_YUVJ420P;
    frame->width = canvas.frame().width;
    frame->height = canvas.frame().height;
    frame->color_range = AVCOL_RANGE_JPEG;
    const ScalerPtr scale{sws_getContext(frame->width, frame->height, AV_PIX_FMT_BGRA, frame->width, frame->height, AV_PIX_FMT_YUV420P,
                                         SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr)};
    if (!scale || av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
    const int* table = sws_getCoefficients(SWS_CS_DEFAULT);
    sws_setColorspaceDetails(scale.get(), table, 1, table, 1, 0, 1 << 16, 1 << 16);
    sws_scale(scale.get(), canvas.frame().data, canvas.frame().linesize, 0, frame->height, frame->data, frame->linesize);
    return frame;
}

}  // namespace

std::optional<Bytes> encode_webp(const Canvas& canvas) {
    const AVCodec* const codec = avcodec_find_encoder_by_name("libwebp");
    const auto context = encoder(codec, canvas.size(), AV_PIX_FMT_BGRA);
    if (!context) return std::nullopt;
    av_opt_set_double(context->priv_data, "quality", kWebpQuality, 0);
    if (avcodec_open2(context.get(), codec, nullptr) < 0) return std::nullopt;
    return encode_one(*context, canvas.frame());
}

std::optional<Bytes> encode_jpeg(const Canvas& canvas) {
    const AVCodec* const codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    const auto context = encoder(codec, canvas.size(), AV_PIX_FMT_YUVJ420P);
    if (!context) return std::nullopt;
    context->color_range = AVCOL_RANGE_JPEG;
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = kJpegQuantizer * FF_QP2LAMBDA;
    if (avcodec_open2(context.get(), codec, nullptr) < 0) return std::nullopt;
    const auto frame = as_jpeg_colours(canvas);
    if (!frame) return std::nullopt;
    frame->quality = context->global_quality;
    return encode_one(*context, *frame);
}

}  // namespace ae::media::workbench
