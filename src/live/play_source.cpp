#include "live/play_source.hpp"

namespace ae::live {

io::Task<Result<media::rtmp::PlayGrant>> PlaySource::find(std::string slug) {
    const auto channel = co_await channels_.find(slug);
    if (!channel || !channel->is_public) co_return Error{Errc::not_found, "stream_not_found", "There is no channel of that name."};

    media::rtmp::PlayGrant grant;
    grant.home = &stage_.home_of(channel->id.str());
    grant.subscribe = [this, id = channel->id.str()](std::function<void()> on_ready) -> std::unique_ptr<media::HubReader> {
        auto* hub = stage_.hub_of(id);
        if (hub == nullptr) return nullptr;
        return hub->subscribe(media::StartAt::last_keyframe, std::move(on_ready));
    };
    co_return grant;
}

}  // namespace ae::live
