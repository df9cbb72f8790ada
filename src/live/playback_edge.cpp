#include "live/playback_edge.hpp"

namespace ae::live {

namespace {

constexpr std::string_view kPlaylist = "application/vnd.apple.mpegurl";

/// Asked for five times a second by every viewer: not counted against a rate, and open to players on any page.
api::RouteSpec hot(std::string_view path, std::string_view name, std::string_view summary, api::CacheControl cache) {
    return {.method = http::Method::get,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::anyone(),
            .rate = api::RateLimit::none(),
            .body = api::BodyLimit::none(),
            .cache = std::move(cache),
            .cors = api::Cors::any_origin(),
            .refusals = {{403, "playback_token_invalid", "the token was not made here for this stream; ask for another."},
                         {403, "playback_token_expired", "the stream is its owner's alone, and the token is old; ask for another."},
                         {400, "playlist_too_far_ahead", "the player asks for what is more than two segments away."},
                         {404, "stream_not_found", "nothing of that name is on air."},
                         {410, "media_gone", "it has left the window, or belongs to an earlier run."},
                         {503, "not_yet", "it did not come within the time a request is held."}},
            .quiet = true};
}

}  // namespace

void add_playback_routes(api::Routes& routes, Stage& stage) {
    const auto at_root = [&stage](const http::Request& request, http::ResponderPtr responder) {
        stage.playback().master(request, std::move(responder), request.path_value("stream"), {}, Playback::Place::at_root);
    };
    const auto master = [&stage](const http::Request& request, http::ResponderPtr responder) {
        stage.playback().master(request, std::move(responder), request.path_value("stream"), request.path_value("token"), Playback::Place::beside);
    };
    const auto media_playlist = [&stage](const http::Request& request, http::ResponderPtr responder) {
        stage.playback().media_playlist(request, std::move(responder), request.path_value("stream"), request.path_value("token"),
                                        request.path_value("rendition"));
    };
    const auto playlist_cache = api::CacheControl::revalidate();
    routes.add_direct(hot("/{stream}.m3u8", "playback.stream", "The multivariant playlist of a stream, by its short address.", playlist_cache),
                      {std::string{kPlaylist}}, at_root);
    routes.add_direct(hot("/hls/{stream}/master.m3u8", "playback.master", "The multivariant playlist of a stream.", playlist_cache),
                      {std::string{kPlaylist}}, master);
    routes.add_direct(hot("/hls/{stream}/{rendition}.m3u8", "playback.playlist",
                          "A media playlist (low-latency HLS). `_HLS_msn` and `_HLS_part` hold the answer until that part is there; `_HLS_skip` asks "
                          "for the delta.",
                          playlist_cache),
                      {std::string{kPlaylist}}, media_playlist);
    routes.add_direct(hot("/hls/{stream}/{token}/master.m3u8", "playback.token_master",
                          "The multivariant playlist of a stream for one viewer: `GET /api/streams/{id}/hls` gives the address.", playlist_cache),
                      {std::string{kPlaylist}}, master);
    routes.add_direct(hot("/hls/{stream}/{token}/{rendition}.m3u8", "playback.token_playlist",
                          "A media playlist for one viewer: the same bytes as without the token.", playlist_cache),
                      {std::string{kPlaylist}}, media_playlist);
    routes.add_direct(hot("/media/{secret}/{path...}", "playback.media", "Parts, segments and initialisation segments, as the playlists name them.",
                          api::CacheControl::immutable()),
                      {"video/mp4"}, [&stage](const http::Request& request, http::ResponderPtr responder) {
                          stage.playback().media(std::move(responder), request.path_value("secret"), request.path_value("path"));
                      });
    routes.add_direct({.method = http::Method::get,
                       .path = "/api/channels/{id}/on-air",
                       .name = "channels.on_air",
                       .summary = "Held until the channel (by its id) is on air: its stream and playlist. 204 after 25 s: ask again.",
                       .who = api::Who::anyone(),
                       .rate = api::RateLimit::per(std::chrono::seconds{60}, 600),
                       .body = api::BodyLimit::none(),
                       .cache = api::CacheControl::no_store(),
                       .cors = api::Cors::any_origin(),
                       .refusals = {{503, "server_stopping", "the server is going down; ask again."}},
                       .quiet = true},
                      {"application/json"}, [&stage](const http::Request& request, http::ResponderPtr responder) {
                          stage.on_air().wait(request.path_value("id"), std::move(responder));
                      });
}

}  // namespace ae::live
