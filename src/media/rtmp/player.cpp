#include "media/rtmp/player.hpp"

#include <map>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/metrics.hpp"

namespace ae::media::rtmp {

namespace {

constexpr std::size_t kSendAtOnce = 256 * 1024;

using Formats = std::map<std::pair<MediaKind, std::uint8_t>, FormatPtr>;

// Formats go ahead of their first frames, so that a change in the middle is announced too.
void queue_frame(ServerSession& session, Formats& formats, const Frame& frame) {
    auto& known = formats[{frame.format->kind, frame.track}];
    if (known != frame.format) {
        known = frame.format;
        session.send_format(*frame.format, frame.track, static_cast<std::uint32_t>(rescale(frame.dts, frame.format->timescale, Timescale{1'000})));
    }
    session.send_frame(frame);
}

io::Task<bool> send_frames(Connection& connection, HubReader& reader, Formats& formats, Duration stalled_after) {
    while (!reader.empty()) {
        while (connection.session().output().size() < kSendAtOnce) {
            const auto delivery = reader.next();
            if (!delivery) break;
            queue_frame(connection.session(), formats, *delivery->frame);
        }
        connection.set_deadline(stalled_after);
        if (!co_await connection.flush()) co_return false;
    }
    co_return true;
}

}  // namespace

// Acknowledgements, a goodbye: until the player says no more.
io::Task<> listen_to_player(std::shared_ptr<Connection> connection, std::shared_ptr<PlayerBell> bell) {
    std::vector<Event> events;
    while (!connection->session().closed() && co_await connection->read(events)) events.clear();
    bell->gone = true;
    bell->ring();
}

io::Task<> serve_player(std::shared_ptr<Connection> connection, std::shared_ptr<PlayerBell> bell, PlayGrant grant, Duration stalled_after) {
    const auto reader = grant.subscribe([weak = std::weak_ptr{bell}] {
        if (const auto held = weak.lock()) held->ring();
    });
    if (reader == nullptr) {
        connection->session().refuse({Errc::gone, "stream_ended", "The stream has ended."});
        (void)co_await connection->flush();
        co_return connection->interrupt(true);
    }
    static auto& players = metrics::gauge("aethex_rtmp_players", "Players on RTMP.");
    players.add(1);
    connection->session().accept_play();
    connection->set_deadline(stalled_after);
    bool flowing = co_await connection->flush();
    Formats formats;
    while (flowing && co_await send_frames(*connection, *reader, formats, stalled_after) && !reader->ended() && !bell->gone) {
        connection->clear_deadline();
        co_await bell->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    players.add(-1);
    connection->session().end_play();
    if (!bell->gone) (void)co_await connection->flush();
    connection->interrupt(true);
}

}  // namespace ae::media::rtmp
