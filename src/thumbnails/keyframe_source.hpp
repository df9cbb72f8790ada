// Where keyframes come from.
#pragma once

#include <string>
#include <vector>

#include "media/codec/frame.hpp"

namespace ae::thumbnails {

struct Keyframe {
    std::string stream;
    media::FramePtr frame;
};

/// Answered by `live`.
class KeyframeSource {
  public:
    virtual ~KeyframeSource() = default;
    /// Called on each shard: the last keyframe of every broadcast that is at home there; one without is left out.
    virtual std::vector<Keyframe> keyframes_here() = 0;
};

}  // namespace ae::thumbnails
