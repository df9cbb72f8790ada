#include "net/http/request_parser.hpp"

#include <limits>

#include <boost/beast/http/error.hpp>

namespace ae::http {

namespace {
namespace bhttp = boost::beast::http;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }
}  // namespace

RequestParser::RequestParser(FieldList* fields) : fields_(fields) {
    if (fields_ != nullptr) fields_->clear();
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the scanner has bounded the head
    body_limit(boost::none);
}

void RequestParser::collect_into(std::string* body, std::uint64_t limit) {
    body_ = body;
    body_limit(limit);
}

std::size_t RequestParser::feed(std::string_view bytes, ErrorCode& ec) { return put(boost::asio::const_buffer{bytes.data(), bytes.size()}, ec); }

void RequestParser::on_request_impl(bhttp::verb, View method, View target, int version, ErrorCode&) {
    method_ = view(method);
    target_ = view(target);
    version_ = version;
}

void RequestParser::on_field_impl(bhttp::field, View name, View value, ErrorCode& ec) {
    if (!in_head_) {
        // Trailers: nobody here reads them, and merging them into the head is how they smuggle (RFC 9110 section 6.5.1).
        if (++trailer_count_ > kMostFields) ec = bhttp::error::header_limit;
        return;
    }
    if (fields_ == nullptr) return;
    if (fields_->full()) {
        ec = bhttp::error::header_limit;
        return;
    }
    fields_->add({view(name), view(value)});
}

std::size_t RequestParser::on_body_impl(View bytes, ErrorCode& ec) {
    if (body_ == nullptr) {
        ec = bhttp::error::body_limit;
        return 0;
    }
    body_->append(bytes.data(), bytes.size());
    return bytes.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, View extensions, ErrorCode& ec) {
    // Beast lets blanks stand between size and extension; others end the size there.
    const bool odd = !extensions.empty() && extensions.front() != ';';
    if (odd || extensions.size() > kMostChunkExtension) ec = bhttp::error::bad_chunk_extension;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& ec) { return on_body_impl(bytes, ec); }

}  // namespace ae::http
