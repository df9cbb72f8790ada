#include "media/codec/frame.hpp"

namespace ae::media {

std::string_view codec_name(Codec codec) {
    switch (codec) {
        case Codec::h264: return "H.264";
        case Codec::hevc: return "HEVC";
        case Codec::av1: return "AV1";
        case Codec::vp9: return "VP9";
        case Codec::aac: return "AAC";
        case Codec::opus: return "Opus";
        case Codec::flac: return "FLAC";
        case Codec::mp3: return "MP3";
    }
    return "unknown";
}

}  // namespace ae::media
