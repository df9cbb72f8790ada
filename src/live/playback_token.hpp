// Playback tokens: who watches, in a playlist's path. Signed under the server's secret, bound to one stream, and expiring; a token is no login, and it says
// nothing about whom it belongs to.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "channels/people.hpp"

namespace ae::live {

/// One viewer to be counted: an account, or a device. A keyed hash, so that nobody learns either from it.
struct ViewerKey {
    std::array<std::uint8_t, 16> bytes{};
    bool operator==(const ViewerKey&) const = default;
};

struct Ticket {
    /// A preview opens what only the owner may see, and is not counted.
    enum class Kind : std::uint8_t { viewer = 1, preview = 2 };
    Kind kind = Kind::viewer;
    ViewerKey viewer;
    WallTime expires = {};
};

class PlaybackTokens {
  public:
    explicit PlaybackTokens(const Secret& server_secret);

    ViewerKey of_account(const channels::UserId& account) const;
    /// `device` is what a client calls itself, or its address and user agent.
    ViewerKey of_device(std::string_view device) const;

    std::string make(std::string_view stream, const Ticket& ticket) const;
    /// nullopt: not made here, or for another stream. Whether it expired is for the caller to see.
    std::optional<Ticket> open(std::string_view stream, std::string_view token) const;

  private:
    Bytes signature(std::string_view stream, BytesView payload) const;

    Secret sign_, viewers_;
};

}  // namespace ae::live

template <>
struct std::hash<ae::live::ViewerKey> {
    std::size_t operator()(const ae::live::ViewerKey& key) const noexcept {
        return std::hash<std::string_view>{}({reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()});
    }
};
