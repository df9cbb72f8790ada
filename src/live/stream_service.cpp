#include "live/stream_service.hpp"

#include <algorithm>

#include "live/playback_answers.hpp"

namespace ae::live {

namespace {
constexpr std::int64_t kMostListed = 100;
}

StreamService::StreamService(db::Db& db, Stage& stage, const Clock& clock, std::string playback_base_url)
    : db_(db), stage_(stage), clock_(clock), playback_base_url_(std::move(playback_base_url)) {}

io::Task<Result<SeenStream>> StreamService::find(StreamId stream) {
    auto look = [stream](db::Transaction& tx) { return store::find_public(tx, stream); };
    auto found = co_await db_.read(std::move(look));
    if (!found) co_return Error{Errc::not_found, "stream_not_found", "There is no such stream."};
    co_return seen(std::move(*found));
}

io::Task<SeenStreams> StreamService::list(StreamStatus status, std::string after, std::int64_t most) {
    most = std::clamp<std::int64_t>(most, 1, kMostListed);
    // One more than asked for tells whether there is a next page.
    auto look = [status, after, most](db::Transaction& tx) { return store::list(tx, status, after, most + 1); };
    auto rows = co_await db_.read(std::move(look));

    SeenStreams page;
    const bool more = std::ssize(rows) > most;
    if (more) rows.resize(static_cast<std::size_t>(most));
    if (more) page.next = rows.back().stream.id.str();
    for (auto& row : rows) page.streams.push_back(seen(std::move(row)));
    co_return page;
}

io::Task<std::optional<channels::StreamView>> StreamService::current_stream(ChannelId channel, bool) {
    auto look = [channel](db::Transaction& tx) { return store::find_live_of_channel(tx, channel); };
    const auto found = co_await db_.read(std::move(look));
    if (!found) co_return std::nullopt;
    co_return view(*found);
}

io::Task<std::unordered_map<ChannelId, channels::StreamView>> StreamService::current_streams(std::vector<ChannelId> channels) {
    auto look = [](db::Transaction& tx) { return store::all_live(tx); };
    std::unordered_map<ChannelId, channels::StreamView> streams;
    for (const auto& record : co_await db_.read(std::move(look))) {
        if (std::ranges::find(channels, record.channel) != channels.end()) streams.emplace(record.channel, view(record));
    }
    co_return streams;
}

channels::StreamView StreamService::view(const StreamRecord& record) const {
    channels::StreamView view;
    view.id = record.id;
    view.channel = record.channel;
    view.title = record.title;
    view.description = record.description;
    view.category = record.category;
    view.status = record.status;
    view.reason = record.reason;
    view.start_time = record.started_at;
    view.end_time = record.ended_at;
    view.viewer_count = record.viewer_count;
    view.peak_viewers = record.peak_viewers;
    if (record.started_at) {
        const auto until = record.ended_at.value_or(clock_.wall());
        view.duration = std::chrono::floor<std::chrono::seconds>(std::max(until - *record.started_at, Duration{0}));
    }
    if (record.status != StreamStatus::live) return view;

    const auto* facts = stage_.facts(record.id.str());
    view.reconnecting = facts == nullptr || !facts->publishing;
    view.has_video = facts != nullptr && facts->has_video;
    view.has_audio = facts != nullptr && facts->has_audio;
    view.hls_url = playback_base_url_ + master_path(record.id.str());
    return view;
}

SeenStream StreamService::seen(ListedStream listed) const {
    SeenStream seen{view(listed.stream), std::move(listed.channel), {}};
    if (const auto* facts = stage_.facts(listed.stream.id.str())) seen.warnings = facts->warnings;
    return seen;
}

}  // namespace ae::live
