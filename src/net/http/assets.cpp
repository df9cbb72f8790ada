#include "net/http/assets.hpp"

#include "net/http/conclude.hpp"
#include "net/http/negotiation.hpp"
#include "net/http/problem.hpp"

namespace ae::http {

namespace {

/// A strong tag names bytes: `"abc"` of the file is `"abc-br"` of its brotli form.
std::string tag_of(std::string_view etag, std::string_view coding) {
    std::string tag{etag};
    if (!coding.empty() && tag.ends_with('"')) tag.insert(tag.size() - 1, "-" + std::string{coding});
    return tag;
}

}  // namespace

AssetSource::AssetSource(std::span<const Asset> assets) {
    for (const Asset& asset : assets) by_path_.emplace(asset.path, &asset);
}

const Asset* AssetSource::find(std::string_view path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : found->second;
}

Response AssetSource::answer(const Asset& asset, const Request& request) {
    const bool whole = !request.headers.has("range");
    const Coding coding =
        whole ? choose_coding(request.headers.get("accept-encoding"), !asset.gzip.empty(), !asset.brotli.empty()) : Coding::identity;

    Response response;
    response.headers.add("content-type", asset.content_type);
    response.headers.add("cache-control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!asset.gzip.empty() || !asset.brotli.empty()) response.headers.add("vary", "accept-encoding");
    switch (coding) {
        case Coding::identity: response.body = StaticBytes{asset.identity}; break;
        case Coding::gzip:
            response.body = StaticBytes{asset.gzip};
            response.headers.add("content-encoding", "gzip");
            break;
        case Coding::brotli:
            response.body = StaticBytes{asset.brotli};
            response.headers.add("content-encoding", "br");
            break;
    }
    response.headers.add("etag", tag_of(asset.etag, coding == Coding::brotli ? "br" : coding == Coding::gzip ? "gz" : ""));
    conclude(response, conditions_of(request));
    return response;
}

DirectHandler AssetSource::handler() const {
    return [this](const Request& request, ResponderPtr responder) {
        const Asset* asset = find(request.path);
        if (asset != nullptr) return responder->send(answer(*asset, request));
        responder->send(
            problem_response({.status = 404, .code = "not_found", .detail = "There is nothing at this address.", .instance = request.path}));
    };
}

}  // namespace ae::http
