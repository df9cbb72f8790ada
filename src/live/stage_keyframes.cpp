// The stage as the source of thumbnails.
#include "live/stage.hpp"

namespace ae::live {

namespace {

/// The hub keeps everything since the last keyframe for readers that come late: this one takes the first video and goes.
media::FramePtr last_keyframe(media::Hub& hub) {
    const auto reader = hub.subscribe(media::StartAt::last_keyframe, [] {});
    while (auto delivery = reader->next()) {
        const auto& frame = delivery->frame;
        if (frame->format->kind == media::MediaKind::video && frame->track == 0 && frame->keyframe) return frame;
    }
    return nullptr;
}

}  // namespace

std::vector<thumbnails::Keyframe> Stage::keyframes_here() {
    std::vector<thumbnails::Keyframe> all;
    for (const auto& [channel, broadcast] : local().broadcasts) {
        if (auto frame = last_keyframe(broadcast->hub())) all.push_back({broadcast->identity().stream, std::move(frame)});
    }
    return all;
}

}  // namespace ae::live
