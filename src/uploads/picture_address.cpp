#include "uploads/picture_address.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/crypto.hpp"

namespace ae::uploads {

namespace {

constexpr std::size_t kNumberBytes = 16;
constexpr std::size_t kNumberLength = 26;
constexpr std::string_view kFolder = "/uploads/";

bool is_number(std::string_view text) {
    return text.size() == kNumberLength && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); });
}

std::string file_of(const PictureNumber& number, PictureSize size, PictureForm form) {
    return fmt::format("{}-{}.{}", number.str(), size.width, form == PictureForm::webp ? "webp" : "jpg");
}

}  // namespace

PictureNumber PictureNumber::make(Random& random) { return PictureNumber{crypto::random_token(random, kNumberBytes)}; }

std::optional<PictureNumber> PictureNumber::of_address(std::string_view address) {
    if (!address.starts_with(kFolder)) return std::nullopt;
    address.remove_prefix(kFolder.size());
    const auto number = address.substr(0, address.find('-'));
    if (!is_number(number)) return std::nullopt;
    return PictureNumber{std::string{number}};
}

std::string address_of(const PictureNumber& number, PictureSize size, PictureForm form) { return std::string{kFolder} + file_of(number, size, form); }

objects::ObjectName object_of(const PictureNumber& number, PictureSize size, PictureForm form) {
    auto name = objects::ObjectName::parse("uploads/" + file_of(number, size, form));
    AE_CHECK(name, "a number in base 32 and a width are a word");
    return std::move(*name);
}

std::optional<objects::ObjectName> object_of_file(std::string_view file) {
    const auto dash = file.find('-');
    if (dash == std::string_view::npos || !is_number(file.substr(0, dash)) || file.find('/') != std::string_view::npos) return std::nullopt;
    auto name = objects::ObjectName::parse("uploads/" + std::string{file});
    if (!name) return std::nullopt;
    return std::move(*name);
}

}  // namespace ae::uploads
