#include "store/objects/s3_store.hpp"

#include "base/log.hpp"
#include "io/timeout.hpp"

namespace ae::objects {

namespace {

constexpr int kTries = 3;
constexpr Duration kFirstPause = std::chrono::milliseconds{200};
constexpr std::size_t kMostObjectBytes = std::size_t{64} << 20;

Error unavailable() { return {Errc::unavailable, "object_store_unavailable", "The place where files are kept does not answer; try again later."}; }
Error not_found() { return {Errc::not_found, "object_not_found", "It is not there (any more)."}; }

/// Whether the same request may do better in a moment.
bool passing(const Result<io::HttpAnswer>& answer) {
    if (!answer) return answer.error().kind == Errc::unavailable;
    return answer->status >= 500 || answer->status == 429;
}

/// For a person who looks at the log: S3 says what is wrong in a line of XML.
void tell(std::string_view method, const ObjectName& name, const Result<io::HttpAnswer>& answer) {
    const auto status = answer ? answer->status : 0;
    const auto said = answer ? answer->body.substr(0, 300) : std::string{answer.error().reason};
    log::warn("objects.s3_refused", {{"method", method}, {"name", name.str()}, {"status", status}, {"said", said}});
}

}  // namespace

Result<S3Site> s3_site(const ObjectsConfig& config) {
    std::string_view rest = config.s3_endpoint;
    S3Site site;
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (rest.starts_with(scheme)) site.scheme = scheme;
    }
    rest.remove_prefix(site.scheme.size());
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (site.scheme.empty() || rest.empty() || rest.find_first_of("/?#@ ") != std::string_view::npos) {
        return Error{Errc::invalid, "objects_invalid", "objects.s3_endpoint must be a scheme and a host, as https://s3.example.org."};
    }
    site.host = config.s3_path_style ? std::string{rest} : config.s3_bucket + "." + std::string{rest};
    site.before = (config.s3_path_style ? "/" + s3_encoded(config.s3_bucket, false) : std::string{}) + "/" + s3_encoded(config.s3_prefix, true);
    return site;
}

S3Store::S3Store(S3Site site, const ObjectsConfig& config, const Clock& clock, io::HttpClient& client)
    : site_(std::move(site)),
      credentials_{config.s3_access_key, config.s3_secret_key, config.s3_region},
      timeout_(config.s3_timeout),
      clock_(clock),
      client_(client) {}

S3Request S3Store::request(std::string method, const ObjectName& name) const {
    return {.method = std::move(method), .host = site_.host, .path = site_.before + s3_encoded(name.str(), true)};
}

io::Task<Result<io::HttpAnswer>> S3Store::ask(std::string method, ObjectName name, SharedBytes body) {
    auto pause = kFirstPause;
    for (int i = 1;; ++i) {
        auto wanted = request(method, name);
        const BytesView bytes = body ? BytesView{*body} : BytesView{};
        if (body) wanted.headers["content-type"] = name.content_type();
        io::HttpRequest http{.purpose = "objects",
                             .url = site_.scheme + site_.host + wanted.path,
                             .method = method,
                             .body = std::string{as_text(bytes)},
                             .timeout = timeout_,
                             .most_body_bytes = kMostObjectBytes,
                             // The operator named it; it may well be in the same network.
                             .may_connect = io::is_any_address};
        // Signed anew each time: a signature is good for 15 minutes.
        for (auto& [key, value] : signed_headers(wanted, bytes, credentials_, clock_.wall())) http.headers.emplace_back(key, value);
        auto answer = co_await client_.fetch(std::move(http));
        if (!passing(answer)) co_return answer;
        if (i == kTries) {
            tell(method, name, answer);
            co_return unavailable();
        }
        co_await io::sleep_for(pause);
        pause *= 4;
    }
}

io::Task<Result<void>> S3Store::put(ObjectName name, SharedBytes bytes) {
    const auto answer = co_await ask("PUT", name, std::move(bytes));
    if (answer && answer->status / 100 == 2) co_return Result<void>{};
    if (answer) tell("PUT", name, answer);
    co_return unavailable();
}

io::Task<Result<SharedBytes>> S3Store::get(ObjectName name) {
    auto answer = co_await ask("GET", name, nullptr);
    if (answer && answer->status == 404) co_return not_found();
    if (answer && answer->status == 200) {
        const auto view = as_bytes(answer->body);
        co_return std::make_shared<const Bytes>(view.begin(), view.end());
    }
    if (answer) tell("GET", name, answer);
    co_return unavailable();
}

io::Task<Result<void>> S3Store::remove(ObjectName name) {
    const auto answer = co_await ask("DELETE", name, nullptr);
    if (answer && (answer->status / 100 == 2 || answer->status == 404)) co_return Result<void>{};
    if (answer) tell("DELETE", name, answer);
    co_return unavailable();
}

io::Task<Result<bool>> S3Store::exists(ObjectName name) {
    const auto answer = co_await ask("HEAD", name, nullptr);
    if (answer && answer->status == 404) co_return false;
    if (answer && answer->status == 200) co_return true;
    if (answer) tell("HEAD", name, answer);
    co_return unavailable();
}

std::optional<std::string> S3Store::address(const ObjectName& name, Duration good_for) const {
    const auto wanted = request("GET", name);
    return site_.scheme + site_.host + wanted.path + "?" + presigned_query(wanted, credentials_, clock_.wall(), good_for);
}

}  // namespace ae::objects
