#include "live/stream_routes.hpp"

namespace ae::live {

namespace wire = channels::wire;

namespace {

struct StreamPath {
    StreamId id;
};
BOOST_DESCRIBE_STRUCT(StreamPath, (), (id))

struct ListQuery {
    std::optional<wire::Status> status;
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("status").says("LIVE unless told.");
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (status, cursor, limit))

enum class LatencyMode { low };
BOOST_DESCRIBE_ENUM(LatencyMode, low)

/// How to play a stream.
struct Playback {
    /// The multivariant playlist.
    std::string url;
    LatencyMode latencyMode = LatencyMode::low;
    bool hasVideo = false;
    bool hasAudio = false;
    /// What its owner could do better: `long_group`, `codec_unsupported`.
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(Playback, (), (url, latencyMode, hasVideo, hasAudio, warnings))

constexpr std::string_view kCursorList = "streams";
constexpr std::int32_t kUsualLimit = 20;
constexpr api::Refusal kNotFound{404, "stream_not_found", "there is no such stream of a public channel."};

StreamStatus status_in(wire::Status status) {
    switch (status) {
        case wire::Status::OFFLINE: return StreamStatus::offline;
        case wire::Status::LIVE: return StreamStatus::live;
        case wire::Status::ENDING: return StreamStatus::ending;
        case wire::Status::ARCHIVED: return StreamStatus::archived;
    }
    return StreamStatus::live;
}

wire::Stream shown(const SeenStream& seen) {
    return wire::stream_of(seen.stream, {seen.channel.id, seen.channel.slug, seen.channel.name, seen.channel.avatar});
}

io::Task<Result<wire::Stream>> show(StreamService& streams, StreamId id) {
    const auto found = co_await streams.find(std::move(id));
    if (!found) co_return found.error();
    co_return shown(*found);
}

io::Task<Result<Playback>> play(StreamService& streams, StreamId id) {
    const auto found = co_await streams.find(std::move(id));
    if (!found) co_return found.error();
    const auto& stream = found->stream;
    if (!stream.hls_url) co_return Error{Errc::gone, "stream_ended", "The broadcast is over."};
    co_return Playback{*stream.hls_url, LatencyMode::low, stream.has_video, stream.has_audio, found->warnings};
}

}  // namespace

// What a route is given outlives it.
io::Task<Result<api::Page<wire::Stream>>> list_streams(StreamService& streams, const api::Cursors& cursors, StreamStatus status,
                                                       std::optional<std::string> cursor, std::int64_t limit) {
    std::string after;
    if (cursor) {
        auto opened = cursors.open(kCursorList, *cursor);
        if (!opened) co_return opened.error();
        after = std::move(*opened);
    }
    const auto found = co_await streams.list(status, std::move(after), limit);
    api::Page<wire::Stream> page;
    for (const auto& stream : found.streams) page.items.push_back(shown(stream));
    if (!found.next.empty()) page.next = cursors.seal(kCursorList, found.next);
    co_return page;
}

void add_stream_routes(api::Routes& routes, StreamService& streams, const api::Cursors& cursors) {
    routes.add(api::public_read("/api/streams", "streams.list", "Streams of public channels, newest first.",
                                {{400, "cursor_invalid", "the cursor is not one of this list's."}}),
               [&](api::Input<api::None, ListQuery> in) {
                   return list_streams(streams, cursors, status_in(in.query.status.value_or(wire::Status::LIVE)), std::move(in.query.cursor),
                                       in.query.limit.value_or(kUsualLimit));
               });
    routes.add(api::public_read("/api/streams/{id}", "streams.get", "A stream.", {kNotFound}),
               [&](api::Input<StreamPath> in) { return show(streams, std::move(in.path.id)); });
    routes.add(api::public_read("/api/streams/{id}/hls", "streams.hls", "How to play a stream that is on air.",
                                {kNotFound, {410, "stream_ended", "the broadcast is over."}}),
               [&](api::Input<StreamPath> in) { return play(streams, std::move(in.path.id)); });
}

}  // namespace ae::live
