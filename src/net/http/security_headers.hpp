// What an HTML page may do, said in headers: a content security policy with a nonce, and its neighbours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "net/http/message.hpp"

namespace ae::http {

struct HtmlPolicy {
    /// Other origins that media and requests may go to (`https://media.example.org`): the playback base.
    std::vector<std::string> media_origins = {};
    /// Who may frame the page: `'none'`, or `*` for embeds.
    std::string frame_ancestors = "'none'";
    /// `require-trusted-types-for 'script'`: for pages whose scripts never write HTML out of text.
    bool trusted_types = false;
    /// Where browsers report violations; empty: nowhere.
    std::string report_to = {};
};

/// 128 random bits for one answer.
std::string make_nonce(Random& random);

/// Content-Security-Policy (scripts by nonce and what they load, nothing else), Referrer-Policy, Cross-Origin-Opener-Policy and -Resource-Policy,
/// Permissions-Policy. Media may play from blobs and workers may be made of them, which hls.js needs.
void add_html_security_headers(Headers& headers, std::string_view nonce, const HtmlPolicy& policy);

}  // namespace ae::http
