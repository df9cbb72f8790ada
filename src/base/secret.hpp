// What must not be printed: a value that has no way into a log, a format or a stream, and is wiped when it goes.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace ae {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : value_(std::exchange(other.value_, {})) {}
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&& other) noexcept {
        wipe();
        value_ = std::exchange(other.value_, {});
        return *this;
    }
    ~Secret() { wipe(); }

    /// The value itself: say why where you call it.
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    /// The first four characters and an ellipsis: enough for a person to tell two apart in a log.
    std::string redacted() const { return value_.size() <= 8 ? "…" : value_.substr(0, 4) + "…"; }

  private:
    void wipe() noexcept;
    std::string value_;
};

}  // namespace ae
