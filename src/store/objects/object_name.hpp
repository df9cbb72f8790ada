// The name of an object: a path that can only mean itself, and a type.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace ae::objects {

class ObjectName {
  public:
    /// One to four words of a-z, 0-9, - and _ (not first), 1 to 100 each, with slashes between, and one ending that names a content type:
    /// `uploads/01jd...-256.webp`. Refuses `object_name_invalid`.
    static Result<ObjectName> parse(std::string_view text);

    const std::string& str() const { return text_; }
    /// By the ending.
    std::string_view content_type() const;
    auto operator<=>(const ObjectName&) const = default;

  private:
    explicit ObjectName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// Of an ending without its dot; empty: nobody stores those.
std::string_view content_type_of(std::string_view ending);

}  // namespace ae::objects
