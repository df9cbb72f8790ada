#include "live/broadcast.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/metrics.hpp"

namespace ae::live {

namespace {

media::hls::StartPoint start_point(const Broadcast::Identity& identity, const StreamRun& run) {
    return {run.epoch, run.first_msn, run.first_discontinuity, fmt::format("/media/{}/{}", identity.media_secret, run.epoch)};
}

metrics::Counter& takeovers() {
    static auto& counter = metrics::counter("aethex_live_takeovers_total", "Publications that replaced another one of the same channel.");
    return counter;
}

}  // namespace

/// One encoder's connection as the media room sees it. It may outlive its turn: what it says after a takeover is ignored.
class Broadcast::LivePublication final : public media::Publication {
  public:
    LivePublication(std::shared_ptr<Broadcast> broadcast, std::uint64_t number) : broadcast_(std::move(broadcast)), number_(number) {}
    ~LivePublication() override { broadcast_->on_lost(number_); }
    void on_frame(media::FramePtr frame) override { broadcast_->on_frame(number_, std::move(frame)); }
    void on_goodbye() override { broadcast_->on_goodbye(number_); }

  private:
    std::shared_ptr<Broadcast> broadcast_;
    std::uint64_t number_;
};

Broadcast::Broadcast(Identity identity, const StreamRun& run, const LiveConfig& config, const Clock& clock, BroadcastEvents& events)
    : identity_(std::move(identity)),
      config_(config),
      clock_(clock),
      events_(events),
      expires_at_(clock.steady() + config.reconnect_window),
      last_media_(clock.wall()),
      msn_(run.first_msn),
      discontinuity_(run.first_discontinuity),
      msn_ceiling_(run.msn_ceiling),
      discontinuity_ceiling_(run.discontinuity_ceiling) {
    hub_.emplace();
    packager_.emplace(start_point(identity_, run), media::hls::TimeAnchor::read(clock), *this);
}

Broadcast::~Broadcast() = default;

Result<void> Broadcast::may_begin(const std::string& address) const {
    if (!current_) return {};
    if (encoder_->address == address) return {};
    if (clock_.steady() - current_->last_frame >= config_.takeover_silence) return {};
    return Error{Errc::conflict, "publisher_active",
                 "This channel is already live from another address. Stop the other encoder, or wait two seconds after it has stopped."};
}

Result<std::unique_ptr<media::Publication>> Broadcast::begin(const std::string& address, const std::string& key,
                                                             std::shared_ptr<media::PublisherControl> control) {
    if (auto allowed = may_begin(address); !allowed) return allowed.error();
    if (current_) {
        takeovers().add();
        auto replaced = std::move(current_->control);
        replaced->stop("Another encoder took over this channel with the same stream key.");
        packager_->on_publisher_gap();
    }
    current_ = Current{++publications_, std::move(control), clock_.steady()};
    encoder_ = Encoder{address, key};
    expires_at_.reset();
    auto facts = facts_;
    facts.publishing = true;
    set_facts(std::move(facts));
    return std::unique_ptr<media::Publication>{std::make_unique<LivePublication>(shared_from_this(), publications_)};
}

void Broadcast::cut(const std::string& reason) {
    if (!current_) return;
    current_->control->stop(reason);
    leave(config_.goodbye_grace);
}

void Broadcast::cut_key(const std::string& key, const std::string& reason) {
    if (current_ && encoder_->key == key) cut(reason);
}

void Broadcast::renew(const std::string& media_secret, const StreamRun& run) {
    identity_.media_secret = media_secret;
    msn_ = run.first_msn;
    discontinuity_ = run.first_discontinuity;
    msn_ceiling_ = run.msn_ceiling;
    discontinuity_ceiling_ = run.discontinuity_ceiling;
    hub_->end();
    hub_.emplace();
    packager_.emplace(start_point(identity_, run), media::hls::TimeAnchor::read(clock_), *this);
}

void Broadcast::attach(std::size_t shard) {
    if (attached_.size() <= shard) attached_.resize(shard + 1, false);
    attached_[shard] = true;
    if (packager_->snapshot()) events_.snapshot_ready(shard, identity_.stream, packager_->snapshot());
}

void Broadcast::detach(std::size_t shard) {
    if (shard < attached_.size()) attached_[shard] = false;
}

std::optional<SteadyTime> Broadcast::expires_at() const { return expires_at_; }

void Broadcast::end() {
    if (current_) {
        current_->control->stop("The broadcast has ended.");
        current_.reset();
    }
    hub_->end();
    packager_->end();
}

void Broadcast::segment_opened(std::uint64_t msn) {
    msn_ = msn;
    reserve_ahead();
}

void Broadcast::discontinuity(std::uint64_t sequence) {
    discontinuity_ = sequence;
    reserve_ahead();
}

void Broadcast::published(const media::hls::SnapshotPtr& snapshot) {
    for (std::size_t shard = 0; shard < attached_.size(); ++shard) {
        if (attached_[shard]) events_.snapshot_ready(shard, identity_.stream, snapshot);
    }
}

void Broadcast::warned(media::hls::Warning warning) {
    const auto reason = media::hls::warning_reason(warning);
    log::warn("broadcast.warning", {{"channel", identity_.slug}, {"reason", reason}});
    auto facts = facts_;
    facts.warnings.emplace_back(reason);
    set_facts(std::move(facts));
}

void Broadcast::on_frame(std::uint64_t publication, media::FramePtr frame) {
    if (!current_ || current_->number != publication) return;
    current_->last_frame = clock_.steady();
    last_media_ = clock_.wall();

    const bool video = frame->format->kind == media::MediaKind::video;
    if (video ? !facts_.has_video : !facts_.has_audio) {
        auto facts = facts_;
        (video ? facts.has_video : facts.has_audio) = true;
        set_facts(std::move(facts));
    }
    hub_->publish(frame);
    packager_->on_frame(frame);
}

void Broadcast::on_goodbye(std::uint64_t publication) {
    if (current_ && current_->number == publication) leave(config_.goodbye_grace);
}

void Broadcast::on_lost(std::uint64_t publication) {
    if (current_ && current_->number == publication) leave(config_.reconnect_window);
}

void Broadcast::leave(Duration grace) {
    current_.reset();
    expires_at_ = clock_.steady() + grace;
    packager_->on_publisher_gap();
    auto facts = facts_;
    facts.publishing = false;
    set_facts(std::move(facts));
}

void Broadcast::set_facts(LiveFacts facts) {
    if (facts == facts_) return;
    facts_ = std::move(facts);
    events_.facts_changed(identity_.stream, facts_);
}

void Broadcast::reserve_ahead() {
    const bool enough =
        msn_ + StreamRun::kMsnBlock / 2 < msn_ceiling_ && discontinuity_ + StreamRun::kDiscontinuityBlock / 2 < discontinuity_ceiling_;
    if (enough) return;
    msn_ceiling_ = msn_ + StreamRun::kMsnBlock;
    discontinuity_ceiling_ = discontinuity_ + StreamRun::kDiscontinuityBlock;
    events_.reserve(identity_.stream, msn_ceiling_, discontinuity_ceiling_);
}

}  // namespace ae::live
