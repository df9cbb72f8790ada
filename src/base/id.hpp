// Ids: time-ordered strings that need no coordination, typed by what they name.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace ae {

/// An id of a `Tag`: 26 characters of Crockford's base 32 in lower case (48 bits of milliseconds, 80 of randomness),
/// so that ids sort by the time they were made.
template <class Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

  private:
    std::string text_;
};

/// Whether the text has the form of an id (26 characters of the alphabet).
bool looks_like_id(std::string_view text);

/// Where random bytes come from; a test hands in a seeded one.
class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// The kernel's randomness, through libsodium.
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override;
};

/// The text of a new id.
std::string make_id_text(WallTime now, Random& random);

template <class IdType>
IdType make_id(const Clock& clock, Random& random) {
    return IdType{make_id_text(clock.wall(), random)};
}

}  // namespace ae

template <class Tag>
struct std::hash<ae::Id<Tag>> {
    std::size_t operator()(const ae::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
