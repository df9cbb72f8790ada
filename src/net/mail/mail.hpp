// A mail as a room writes it, and the bytes that a mail server takes (RFC 5322, MIME).
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace ae::mail {

/// `text` is what everybody can read; `html` may be empty. UTF-8.
struct Mail {
    std::string to;
    std::string subject;
    std::string text;
    std::string html = {};
};

/// `AeThex LIVE <no-reply@live.example.org>`.
struct Mailbox {
    std::string name;
    std::string address;
};

/// What the server adds to a mail. `id` is unique for ever, of letters and digits: with the same one a mail that is sent twice is known again.
struct Letterhead {
    Mailbox from;
    WallTime date;
    std::string id;
};

/// `local@domain` of printable ASCII, 254 characters at most, without quotes, spaces or address lists: what is safe in a header and an envelope.
bool is_address(std::string_view text);

/// An address, or a name and an address in angle brackets. Refuses `mail_address_invalid`.
Result<Mailbox> parse_mailbox(std::string_view text);

/// The whole message with CRLF line ends, no line longer than 78 but that of a long address. Refuses `mail_address_invalid` and `mail_subject_invalid` (a line end, a control
/// character, no UTF-8, nothing, or more than 300 bytes): what a stranger typed cannot become a header.
Result<std::string> compose(const Mail& mail, const Letterhead& head);

/// RFC 2045 section 6.7; lines end in CRLF whatever they ended in.
std::string quoted_printable(std::string_view text);

}  // namespace ae::mail
