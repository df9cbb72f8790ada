// Whatever a mail says, its message has the headers we wrote and no others, and lines of a bearable length.
#include <cstdlib>

#include "base/bytes.hpp"
#include "net/mail/mail.hpp"
#include "net/mail/mail_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto all = ae::as_text({data, size});
    const auto first = std::min(all.find('\0'), all.size());
    const auto rest = all.substr(std::min(first + 1, all.size()));
    const auto second = std::min(rest.find('\0'), rest.size());
    const ae::mail::Mail mail{.to = std::string{all.substr(0, first)},
                              .subject = std::string{rest.substr(0, second)},
                              .text = std::string{rest.substr(std::min(second + 1, rest.size()))},
                              .html = size % 2 == 0 ? "<p>x</p>" : ""};
    (void)ae::mail::parse_mailbox(all);
    const auto message = ae::mail::compose(mail, {.from = {.name = "X", .address = "x@example.org"}, .date = {}, .id = "id"});
    if (!message) return 0;
    if (ae::mail::recipient_of(*message) != mail.to) std::abort();
    std::size_t headers = 0;
    for (std::size_t at = 0; at < message->size();) {
        const auto end = message->find("\r\n", at);
        // An address is not folded, and has 254 characters at most; RFC 5322 wants fewer than 998.
        if (end == std::string::npos || end - at > 300) std::abort();
        if (end == at) break;
        if ((*message)[at] != ' ') ++headers;
        at = end + 2;
    }
    if (headers != (mail.html.empty() ? 9U : 8U)) std::abort();
    return 0;
}
