// Silent AAC: what stands in for audio that is missing.
//
// A browser cannot add an audio track to a stream that it began to play without one (one SourceBuffer, its tracks fixed at the first
// initialisation segment), and it stalls where one of two tracks has a hole. So a stream with video always has an audio track: the
// publisher's, or silence until it comes and where it is missing.
#pragma once

#include "base/bytes.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::hls {

/// AAC-LC, 48 kHz, stereo: the format of a stream whose publisher has not sent audio yet.
const FormatPtr& silent_format();
/// One access unit of silence that a decoder of this format takes; empty when we have none (HE-AAC, more than two channels).
BytesView silent_unit(const TrackFormat& format);

}  // namespace ae::media::hls
