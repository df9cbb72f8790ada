// The addresses of a stored picture, and its objects' names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "store/objects/object_name.hpp"
#include "uploads/picture_kind.hpp"

namespace ae::uploads {

enum class PictureForm : std::uint8_t { webp, jpeg };

/// The number of one upload: 128 random bits, so that an address tells nothing and is never made twice.
class PictureNumber {
  public:
    static PictureNumber make(Random& random);
    /// Of an address that `address_of` made, of any size; nullopt: it is none of ours.
    static std::optional<PictureNumber> of_address(std::string_view address);
    const std::string& str() const { return text_; }

  private:
    explicit PictureNumber(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// `/uploads/<number>-256.webp`.
std::string address_of(const PictureNumber& number, PictureSize size, PictureForm form);
objects::ObjectName object_of(const PictureNumber& number, PictureSize size, PictureForm form);
/// The object behind `/uploads/{file}`; nullopt: no address looks like this.
std::optional<objects::ObjectName> object_of_file(std::string_view file);

}  // namespace ae::uploads
