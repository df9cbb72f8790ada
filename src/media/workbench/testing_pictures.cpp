#include "media/workbench/testing_pictures.hpp"

#include <cstdlib>

#include "base/check.hpp"

namespace ae::media::workbench::testing {

Canvas striped(job::PictureSize size) {
    auto canvas = Canvas::blank(size);
    AE_CHECK(canvas, "a test's picture is small");
    for (std::uint32_t y = 0; y < size.height; ++y) {
        for (std::uint32_t x = 0; x < size.width; ++x) {
            auto* pixel = canvas->at(x, y);
            const bool top = y < size.height / 4, left = x < size.width / 2;
            pixel[0] = !top && !left ? 255 : 0;
            pixel[1] = top ? 255 : 0;
            pixel[2] = !top && left ? 255 : 0;
            pixel[3] = 255;
        }
    }
    return std::move(*canvas);
}

Bytes encoded(const std::string& encoder, const Canvas& canvas) {
    const AVCodec* const codec = avcodec_find_encoder_by_name(encoder.c_str());
    AE_CHECK(codec != nullptr, "Debian's libav has it");
    CodecPtr context{avcodec_alloc_context3(codec)};
    context->width = canvas.frame().width;
    context->height = canvas.frame().height;
    context->pix_fmt = codec->pix_fmts[0];
    context->time_base = {1, 25};
    // Of a format whose colours have no range the encoder wants to hear that it is the full one.
    if (encoder == "mjpeg") context->pix_fmt = AV_PIX_FMT_YUVJ420P;
    if (encoder == "libwebp") context->pix_fmt = AV_PIX_FMT_BGRA;
    if (encoder == "png") context->pix_fmt = AV_PIX_FMT_RGBA;
    if (encoder == "gif") context->pix_fmt = AV_PIX_FMT_RGB8;
    AE_CHECK(avcodec_open2(context.get(), codec, nullptr) >= 0, "the settings are the encoder's own");

    FramePtr frame{av_frame_alloc()};
    frame->format = context->pix_fmt;
    frame->width = context->width;
    frame->height = context->height;
    AE_CHECK(av_frame_get_buffer(frame.get(), 0) >= 0, "a test's picture is small");
    const ScalerPtr convert{sws_getContext(frame->width, frame->height, AV_PIX_FMT_BGRA, frame->width, frame->height, context->pix_fmt, SWS_BICUBIC,
                                           nullptr, nullptr, nullptr)};
    AE_CHECK(convert, "libav converts BGRA to anything");
    if (context->pix_fmt == AV_PIX_FMT_YUVJ420P) {
        const int* table = sws_getCoefficients(SWS_CS_DEFAULT);
        sws_setColorspaceDetails(convert.get(), table, 1, table, 1, 0, 1 << 16, 1 << 16);
    }
    sws_scale(convert.get(), canvas.frame().data, canvas.frame().linesize, 0, frame->height, frame->data, frame->linesize);

    PacketPtr packet{av_packet_alloc()};
    AE_CHECK(avcodec_send_frame(context.get(), frame.get()) >= 0, "the frame is as the context says");
    avcodec_send_frame(context.get(), nullptr);
    AE_CHECK(avcodec_receive_packet(context.get(), packet.get()) >= 0, "one picture in, one packet out");
    return Bytes(packet->data, packet->data + packet->size);
}

std::array<int, 4> pixel(const Canvas& canvas, std::uint32_t x, std::uint32_t y) {
    const auto* p = canvas.at(x, y);
    return {p[0], p[1], p[2], p[3]};
}

bool is_about(const Canvas& canvas, std::uint32_t x, std::uint32_t y, std::array<int, 3> bgr) {
    const auto seen = pixel(canvas, x, y);
    for (std::size_t i = 0; i < 3; ++i) {
        if (std::abs(seen[i] - bgr[i]) > 40) return false;
    }
    return true;
}

}  // namespace ae::media::workbench::testing
