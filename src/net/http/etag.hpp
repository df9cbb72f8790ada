// Strong entity tags (RFC 9110 section 8.8.3) and the conditions on them.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace ae::http {

/// A quoted tag out of the bytes themselves; `coding` tells the forms of one thing apart (`gz`, `br`), because a strong tag names bytes.
std::string etag_of(BytesView bytes, std::string_view coding = {});
/// Whether If-None-Match names the tag; weak comparison (section 13.1.2). `*` names every one.
bool if_none_match_names(std::string_view if_none_match, std::string_view etag);

}  // namespace ae::http
