#include "media/rtmp/capabilities.hpp"

#include <fmt/format.h>

namespace ae::media::rtmp {

namespace {
// FourCcInfoMask: this server passes frames on, it neither decodes nor encodes.
constexpr double kCanForward = 4;
}  // namespace

bool playable(const TrackFormat& format) { return format.codec == Codec::h264 || format.codec == Codec::aac; }

Error codec_refusal(MediaKind media, std::string_view name) {
    const auto choice = media == MediaKind::video ? "H.264" : "AAC";
    return {Errc::unprocessable, "codec_unsupported",
            fmt::format("This server plays H.264 and AAC; your encoder sends {}. Choose {} in OBS under Settings, Output.", name, choice)};
}

bool speaks_enhanced(const amf::Value& connect) {
    return connect.find("fourCcList") != nullptr || connect.find("videoFourCcInfoMap") != nullptr || connect.find("audioFourCcInfoMap") != nullptr ||
           connect.find("capsEx") != nullptr;
}

unsigned client_capabilities(const amf::Value& connect) {
    const double caps = amf::to_number(connect.find("capsEx"));
    return caps > 0 && caps < 65'536 ? static_cast<unsigned>(caps) : 0;
}

void add_capabilities(amf::Value& object) {
    auto video = amf::object(), audio = amf::object();
    video.add("avc1", amf::number(kCanForward));
    audio.add("mp4a", amf::number(kCanForward));
    object.add("fourCcList", amf::array({amf::text("avc1"), amf::text("mp4a")}))
        .add("videoFourCcInfoMap", std::move(video))
        .add("audioFourCcInfoMap", std::move(audio))
        .add("capsEx", amf::number(kCanReconnect | kCanMultitrack | kCanModEx | kCanNanoOffset));
}

}  // namespace ae::media::rtmp
