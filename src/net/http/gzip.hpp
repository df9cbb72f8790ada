// gzip (RFC 1952) for answers that are made while running.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ae::http {

/// Deterministic: the same text and level give the same bytes. Level 1 (fast) to 9 (small).
std::string gzip(std::string_view text, int level = 6);
/// For tests and tools; nullopt when it is no gzip, or would be larger than `most`.
std::optional<std::string> gunzip(std::string_view bytes, std::size_t most);

}  // namespace ae::http
