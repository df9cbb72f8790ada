// RTMP play: how the media room finds a live channel's frames, by slug.
#pragma once

#include "channels/channel_service.hpp"
#include "live/stage.hpp"
#include "media/rtmp/server.hpp"

namespace ae::live {

class PlaySource final : public media::rtmp::PlaySource {
  public:
    PlaySource(channels::ChannelService& channels, Stage& stage) : channels_(channels), stage_(stage) {}
    io::Task<Result<media::rtmp::PlayGrant>> find(std::string slug) override;

  private:
    channels::ChannelService& channels_;
    Stage& stage_;
};

}  // namespace ae::live
