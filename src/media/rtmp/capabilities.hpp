// What this server can do with a codec, and how it says so: in the connect answer (E-RTMP v2), and in the words of a refusal.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "media/codec/frame.hpp"
#include "media/flv/amf.hpp"

namespace ae::media::rtmp {

/// CapsExMask of E-RTMP v2.
inline constexpr unsigned kCanReconnect = 1, kCanMultitrack = 2, kCanModEx = 4, kCanNanoOffset = 8;

/// Whether viewers can play it: H.264 and AAC.
bool playable(const TrackFormat& format);
/// `codec_unsupported`, in a sentence that says what to choose instead.
Error codec_refusal(MediaKind media, std::string_view name);

/// Whether a connect object speaks of enhanced RTMP.
bool speaks_enhanced(const amf::Value& connect);
/// Its capsEx; 0 when it has none.
unsigned client_capabilities(const amf::Value& connect);
/// Adds fourCcList, videoFourCcInfoMap, audioFourCcInfoMap and capsEx: what is named there is what viewers can play.
void add_capabilities(amf::Value& object);

}  // namespace ae::media::rtmp
