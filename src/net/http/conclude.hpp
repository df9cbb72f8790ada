// The last step of an answer made by a handler: what the client's conditions make of it.
#pragma once

#include <string>

#include "net/http/message.hpp"

namespace ae::http {

/// What an answer still needs of its request when the handler has taken the request away.
struct Conditions {
    bool get = false;
    bool gzip_wanted = false;
    std::string if_none_match = {};
    std::string range = {};
    std::string if_range = {};
};
Conditions conditions_of(const Request& request);

/// Text is compressed when it is worth it and wanted; a 200 to a GET that may be kept gets a strong ETag if it has none, becomes a 304 when the client
/// has it, and a 206 or 416 by its Range. Bodies that say `content-encoding` are left as they are.
void conclude(Response& response, const Conditions& conditions);

}  // namespace ae::http
