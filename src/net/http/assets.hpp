// Files embedded in the program, compressed beforehand.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>

#include "base/bytes.hpp"
#include "net/http/handler.hpp"
#include "net/http/message.hpp"

namespace ae::http {

/// All of it lives as long as the program.
struct Asset {
    /// As in the address: `/assets/index-4f2a91c7.js`.
    std::string_view path;
    std::string_view content_type;
    /// Strong and quoted, of the identity bytes.
    std::string_view etag;
    /// The name carries a hash of the content: a client may keep it for ever.
    bool immutable = false;
    BytesView identity;
    /// Empty where there is none.
    BytesView gzip;
    BytesView brotli;
};

class AssetSource {
  public:
    /// The assets outlive the source.
    explicit AssetSource(std::span<const Asset> assets);
    /// By the decoded path; null when there is none.
    const Asset* find(std::string_view path) const;
    /// The answer to a GET or HEAD of the asset: the coding that the client would rather have (ranges are of the identity bytes), `Vary`, a strong ETag per
    /// coding, 304, 206 and 416.
    static Response answer(const Asset& asset, const Request& request);
    /// Answers what it has and 404 for the rest. The source outlives the handler.
    DirectHandler handler() const;

  private:
    std::unordered_map<std::string_view, const Asset*> by_path_;
};

}  // namespace ae::http
