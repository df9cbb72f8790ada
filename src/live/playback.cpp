#include "live/playback.hpp"

#include <charconv>

#include "base/metrics.hpp"
#include "io/sweep.hpp"
#include "live/playback_answers.hpp"
#include "net/http/negotiation.hpp"

namespace ae::live {

namespace hls = media::hls;

namespace {

/// A shard that nobody of which has asked for a stream this long lets go of it.
constexpr std::chrono::seconds kDetachAfter{30};

metrics::Gauge& parked_gauge() {
    static auto& gauge = metrics::gauge("aethex_live_parked_requests", "Requests that wait for a part or a playlist that does not exist yet.");
    return gauge;
}

metrics::Counter& held_too_long() {
    static auto& counter = metrics::counter("aethex_live_held_too_long_total", "Requests answered 503 because what they waited for did not come.");
    return counter;
}

std::optional<std::uint64_t> number(std::optional<std::string_view> text) {
    if (!text || text->empty()) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failed != std::errc{} || end != text->data() + text->size()) return std::nullopt;
    return value;
}

/// A media address in parts: `<epoch>/<rendition>/<name>`.
struct MediaPath {
    std::uint64_t epoch = 0;
    std::string_view rendition;
    std::string_view name;
};

/// What tells one player without a token from another.
std::string device_of(const http::Request& request) { return request.address + "\n" + std::string{request.headers.get("user-agent")}; }

std::optional<MediaPath> media_path(std::string_view path) {
    const auto first = path.find('/');
    const auto second = path.find('/', first == std::string_view::npos ? first : first + 1);
    const auto epoch = number(path.substr(0, first));
    if (second == std::string_view::npos || !epoch) return std::nullopt;
    return MediaPath{*epoch, path.substr(first + 1, second - first - 1), path.substr(second + 1)};
}

}  // namespace

Playback::Playback(io::Shard& shard, const LiveConfig& config, const Clock& clock, const PlaybackTokens& tokens, SnapshotSource source)
    : shard_(shard), config_(config), clock_(clock), tokens_(tokens), source_(std::move(source)) {}

void Playback::announce(const Announcement& what) {
    const auto& stream = what.stream;
    auto& view = views_[stream];
    if (!view) {
        view = std::make_unique<View>();
        view->stream = stream;
        by_stream_[stream] = view.get();
    }
    by_secret_.erase(view->secret);
    view->secret = what.media_secret;
    by_secret_[what.media_secret] = view.get();
    view->access = what.access;
    view->attached = false;
    forget_snapshot(*view);
    audience_.begin(stream, what.run);
    if (what.access == Access::owner) {
        std::erase_if(view->waiting, [&](const ParkedPtr& parked) {
            const bool may = parked->seat && parked->seat->ticket.kind == Ticket::Kind::preview;
            if (!may && !parked->gone) parked->responder->send(refusal(404, "stream_not_found"));
            if (!may) --parked_;
            return !may;
        });
    }
    if (!view->waiting.empty()) {
        view->attached = true;
        source_.attach(stream);
    }
}

void Playback::update(const std::string& stream, media::hls::SnapshotPtr snapshot) {
    auto* view = find(by_stream_, stream);
    if (view == nullptr) return;
    forget_snapshot(*view);
    view->snapshot = std::move(snapshot);
    wake(*view);
}

void Playback::withdraw(const std::string& stream) {
    auto* view = find(by_stream_, stream);
    if (view == nullptr) return;
    for (auto& parked : view->waiting) {
        if (!parked->gone) parked->responder->send(refusal(404, "stream_not_found"));
    }
    release(*view);
    audience_.end(stream);
    by_secret_.erase(view->secret);
    by_stream_.erase(stream);
    views_.erase(stream);
}

std::vector<AudienceReport> Playback::tick() {
    const auto now = clock_.steady();
    for (auto& [stream, view] : views_) {
        // Who waits for an answer is there.
        for (const auto& parked : view->waiting) {
            if (!parked->gone && parked->seat) parked->seat->last_asked = now;
        }
        std::erase_if(view->waiting, [&](const ParkedPtr& parked) {
            const bool late = !parked->gone && now - parked->since >= config_.hold_limit;
            if (late) {
                held_too_long().add();
                parked->responder->send(refusal(503, "not_yet"));
            }
            if (late || parked->gone) --parked_;
            return late || parked->gone;
        });
        if (view->attached && view->waiting.empty() && now - view->last_asked > kDetachAfter) {
            view->attached = false;
            forget_snapshot(*view);
            source_.detach(stream);
        }
    }
    parked_gauge().set(static_cast<double>(parked_));
    return audience_.round(now);
}

void Playback::drain() {
    draining_ = true;
    for (auto& [stream, view] : views_) {
        for (auto& parked : view->waiting) {
            if (!parked->gone) parked->responder->send(refusal(503, "server_stopping"));
        }
        release(*view);
    }
}

void Playback::master(const http::Request& request, http::ResponderPtr responder, std::string_view stream, std::string_view token, Place place) {
    auto* view = find(by_stream_, stream);
    if (view == nullptr) return responder->send(refusal(404, "stream_not_found"));
    SeatPtr seat;
    if (!let_in(*view, request, token, *responder, seat)) return;
    serve(*view, Parked{MasterWish{place}, std::move(responder), clock_.steady(), std::move(seat)});
}

void Playback::media_playlist(const http::Request& request, http::ResponderPtr responder, std::string_view stream, std::string_view token,
                              std::string_view rendition) {
    auto* view = find(by_stream_, stream);
    if (view == nullptr) return responder->send(refusal(404, "stream_not_found"));
    SeatPtr seat;
    if (!let_in(*view, request, token, *responder, seat)) return;

    const auto msn_text = request.query_value("_HLS_msn");
    const auto part_text = request.query_value("_HLS_part");
    PlaylistWish wish{std::string{rendition}, {}, number(msn_text), number(part_text)};
    // RFC 8216bis section 6.2.5.2: a part without its segment, or what is no number, is a bad request.
    if ((msn_text && !wish.msn) || (part_text && (!wish.part || !wish.msn))) return responder->send(refusal(400, "playlist_directives_invalid"));
    const auto skip = request.query_value("_HLS_skip");
    if (skip == "YES" || skip == "v2") wish.form.skip = hls::PlaylistForm::delta;
    wish.form.gzip = http::accepts_gzip(request);
    serve(*view, Parked{std::move(wish), std::move(responder), clock_.steady(), std::move(seat)});
}

bool Playback::let_in(View& view, const http::Request& request, std::string_view token, http::Responder& responder, SeatPtr& seat) {
    std::string device;
    if (token.empty()) device = device_of(request);
    const auto place = token.empty() ? std::string_view{device} : token;
    seat = audience_.find(view.stream, place);
    if (!seat || (view.access == Access::owner && seat->ticket.expires <= clock_.wall())) {
        const auto ticket = ticket_of(view, request, token, responder);
        if (!ticket) return false;
        if (!seat) seat = audience_.take(view.stream, place, *ticket);
    }
    if (seat) seat->last_asked = clock_.steady();
    return true;
}

std::optional<Ticket> Playback::ticket_of(const View& view, const http::Request& request, std::string_view token, http::Responder& responder) {
    const auto refuse = [&](unsigned status, std::string_view reason) {
        responder.send(refusal(status, reason));
        return std::nullopt;
    };
    if (token.empty()) {
        if (view.access == Access::owner) return refuse(404, "stream_not_found");
        return Ticket{Ticket::Kind::viewer, tokens_.of_device(device_of(request)), WallTime::max()};
    }
    const auto ticket = tokens_.open(view.stream, token);
    if (!ticket) return refuse(403, "playback_token_invalid");
    // What everybody may watch is not taken from a player whose token grows old; it still says who watches.
    if (view.access == Access::everybody) return ticket;
    if (ticket->kind != Ticket::Kind::preview) return refuse(404, "stream_not_found");
    if (ticket->expires <= clock_.wall()) return refuse(403, "playback_token_expired");
    return ticket;
}

void Playback::media(http::ResponderPtr responder, std::string_view secret, std::string_view path) {
    auto* view = find(by_secret_, secret);
    if (view == nullptr) return responder->send(refusal(404, "media_not_found"));
    if (const auto known = view->served.find(path); known != view->served.end()) {
        view->last_asked = clock_.steady();
        return responder->send(known->second);
    }
    serve(*view, Parked{MediaWish{std::string{path}}, std::move(responder), clock_.steady(), nullptr});
}

Playback::View* Playback::find(const TextMap<View*>& index, std::string_view key) {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : found->second;
}

void Playback::forget_snapshot(View& view) {
    view.snapshot.reset();
    view.rendered.clear();
    view.served.clear();
}

void Playback::serve(View& view, Parked wish) {
    view.last_asked = wish.since;
    if (draining_) return wish.responder->send(refusal(503, "server_stopping"));
    if (!view.attached) {
        view.attached = true;
        source_.attach(view.stream);
    }
    if (!try_answer(view, wish)) park(view, std::move(wish));
}

void Playback::park(View& view, Parked wish) {
    auto parked = std::make_shared<Parked>(std::move(wish));
    parked->responder->on_gone([weak = std::weak_ptr{parked}] {
        if (const auto still = weak.lock()) still->gone = true;
    });
    view.waiting.push_back(std::move(parked));
    ++parked_;
}

bool Playback::try_answer(View& view, Parked& parked) {
    if (!view.snapshot) return false;
    if (const auto* playlist = std::get_if<PlaylistWish>(&parked.wish)) return try_playlist(view, *playlist, parked);
    if (const auto* media = std::get_if<MediaWish>(&parked.wish)) return try_media(view, *media, parked);
    return try_master(view, std::get<MasterWish>(parked.wish), parked);
}

bool Playback::try_master(View& view, const MasterWish& wish, Parked& parked) {
    if (!view.snapshot->playable()) return false;
    parked.responder->send(playlist_answer(hls::render_multivariant_playlist(*view.snapshot, addresses(view, wish.place)), false));
    return true;
}

bool Playback::try_playlist(View& view, const PlaylistWish& wish, Parked& parked) {
    if (!view.snapshot->playable()) return false;
    const auto* rendition = view.snapshot->find(wish.rendition);
    if (rendition == nullptr) {
        parked.responder->send(refusal(404, "rendition_not_found"));
        return true;
    }
    if (wish.msn) {
        switch (view.snapshot->at(wish.rendition, *wish.msn, wish.part)) {
            case hls::Availability::ready: break;
            case hls::Availability::wait: return false;
            case hls::Availability::too_far:
            case hls::Availability::unknown: parked.responder->send(refusal(400, "playlist_too_far_ahead")); return true;
        }
    }
    parked.responder->send(rendered(view, *rendition, wish.form));
    return true;
}

bool Playback::try_media(View& view, const MediaWish& wish, Parked& parked) {
    using State = hls::FoundMedia::State;
    if (const auto known = view.served.find(wish.path); known != view.served.end()) {
        parked.responder->send(known->second);
        return true;
    }
    const auto path = media_path(wish.path);
    if (!path) {
        parked.responder->send(refusal(404, "media_not_found"));
        return true;
    }
    auto found = path->epoch == view.snapshot->epoch ? view.snapshot->find_media(path->rendition, path->name) : hls::FoundMedia{State::gone};
    switch (found.state) {
        case State::wait: return false;
        case State::ready: parked.responder->send(view.served.emplace(wish.path, media_answer(std::move(found.rope))).first->second); return true;
        case State::gone: parked.responder->send(refusal(410, "media_gone")); return true;
        case State::unknown: parked.responder->send(refusal(404, "media_not_found")); return true;
    }
    return true;
}

std::vector<hls::PlaylistAddress> Playback::addresses(const View& view, Place place) {
    std::vector<hls::PlaylistAddress> all;
    for (const auto& rendition : view.snapshot->renditions) {
        const auto& id = rendition.format->id;
        all.push_back({id, place == Place::beside ? playlist_name(id) : playlist_path(view.stream, id)});
    }
    return all;
}

const http::WireResponse& Playback::rendered(View& view, const hls::RenditionView& rendition, Form form) {
    auto& slot = view.rendered[rendition.format->id][form.index()];
    if (slot) return *slot;
    slot = playlist_answer(hls::render_media_playlist(*view.snapshot, rendition, addresses(view, Place::beside), form.skip), form.gzip);
    return *slot;
}

void Playback::wake(View& view) {
    if (view.waiting.empty()) return;
    // Who waits leaves the list first, so that a request that parks meanwhile is not swept twice; who still waits comes back.
    auto batch = std::exchange(view.waiting, {});
    const auto start = view.turn++ * io::kSweepBatch % batch.size();
    io::in_sweeps(
        shard_.context().get_executor(), std::move(batch),
        [this, stream = view.stream](ParkedPtr& parked) {
            auto* still = find(by_stream_, stream);
            if (!parked->gone && still != nullptr && !try_answer(*still, *parked)) {
                still->waiting.push_back(std::move(parked));
                return;
            }
            --parked_;
            parked.reset();
        },
        {}, start);
}

void Playback::release(View& view) {
    parked_ -= view.waiting.size();
    view.waiting.clear();
}

}  // namespace ae::live
