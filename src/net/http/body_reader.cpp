#include "net/http/body_reader.hpp"

#include <boost/beast/http/error.hpp>

#include "base/check.hpp"

namespace ae::http {

namespace {
/// A chunk's size line or the trailers: longer is somebody who wants us to wait.
constexpr std::size_t kMostUnfinished = 8'192;
}  // namespace

BodyReader::BodyReader(std::string_view head, std::uint64_t limit) {
    parser_.collect_into(&body_, limit);
    RequestParser::ErrorCode ec;
    parser_.feed(head, ec);
    AE_CHECK(!ec || ec == boost::beast::http::error::body_limit, "the head was parsed before");
}

BodyReader::State BodyReader::feed(std::string_view& input) {
    while (!parser_.is_done()) {
        if (input.empty()) return State::need_more;
        RequestParser::ErrorCode ec;
        const std::size_t used = parser_.feed(input, ec);
        input.remove_prefix(used);
        if (ec == boost::beast::http::error::body_limit) return State::too_large;
        if (ec && ec != boost::beast::http::error::need_more) return State::refused;
        if (ec) return input.size() > kMostUnfinished ? State::refused : State::need_more;
    }
    return State::complete;
}

}  // namespace ae::http
