#include "net/jose/jwks_cache.hpp"

#include "base/log.hpp"

namespace ae::jose {

namespace {

constexpr Duration kFresh = std::chrono::hours{1};
constexpr Duration kStale = std::chrono::hours{24};
constexpr Duration kBetweenFetches = std::chrono::minutes{1};
constexpr std::size_t kMostBytes = 256 * 1024;

}  // namespace

JwksCache::JwksCache(JwksSource source, io::Shard& home, io::HttpClient& client, const Clock& clock)
    : source_(std::move(source)), home_(home), client_(client), clock_(clock) {}

io::Task<Result<Jwk>> JwksCache::find(std::string id, crypto::SignatureAlgorithm algorithm) {
    if (home_.here()) co_return co_await find_here(std::move(id), algorithm);
    co_return co_await io::on(home_, find_here(std::move(id), algorithm));
}

io::Task<Result<Jwk>> JwksCache::find_here(std::string id, crypto::SignatureAlgorithm algorithm) {
    const auto age = [this] { return fetched_at_ ? clock_.steady() - *fetched_at_ : SteadyTime::duration::max(); };
    if (age() > kFresh) co_await refresh();
    if (age() > kStale) keys_.clear();
    if (const auto* key = find_key(keys_, id, algorithm)) co_return *key;
    // The issuer may have changed its keys since.
    co_await refresh();
    if (const auto* key = find_key(keys_, id, algorithm)) co_return *key;
    if (!fetched_at_ || age() > kStale) {
        co_return Error{Errc::unavailable, "token_keys_unavailable", "The keys of the sign-in service cannot be had now; try again soon."};
    }
    co_return Error{Errc::unauthorized, "token_key_unknown", "This token is signed with a key that its issuer does not have."};
}

bool JwksCache::may_fetch() const { return !tried_at_ || clock_.steady() - *tried_at_ >= kBetweenFetches; }

io::Task<> JwksCache::refresh() {
    if (fetching_) {
        const auto fetch_of_another = fetching_;
        co_await fetch_of_another->wait();
        co_return;
    }
    if (!may_fetch()) co_return;
    tried_at_ = clock_.steady();
    fetching_ = std::make_shared<io::Event>(home_.context().get_executor());
    try {
        co_await fetch();
    } catch (...) {
        std::exchange(fetching_, nullptr)->set();
        throw;
    }
    std::exchange(fetching_, nullptr)->set();
}

io::Task<> JwksCache::fetch() {
    io::HttpRequest request{.purpose = source_.purpose, .url = source_.url, .headers = {{"Accept", "application/json"}}};
    request.timeout = std::chrono::seconds{10};
    request.most_body_bytes = kMostBytes;
    request.may_connect = source_.may_connect;
    auto answer = co_await client_.fetch(std::move(request));
    if (!answer || answer->status != 200) {
        log::warn("jwks.not_fetched",
                  {{"purpose", source_.purpose}, {"why", answer ? std::to_string(answer->status) : std::string{answer.error().reason}}});
        co_return;
    }
    auto keys = read_jwks(answer->body);
    if (!keys) {
        log::warn("jwks.not_fetched", {{"purpose", source_.purpose}, {"why", keys.error().reason}});
        co_return;
    }
    keys_ = std::move(*keys);
    fetched_at_ = clock_.steady();
}

}  // namespace ae::jose
