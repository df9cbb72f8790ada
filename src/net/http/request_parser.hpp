// Beast's parser for one request, its callbacks turned into views of the buffer it was fed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

namespace ae::http {

/// The most header fields a request may have; more is refused with 431.
inline constexpr std::size_t kMostFields = 96;
/// The most that extensions of one chunk may say (RFC 9112 section 7.1.1 has us ignore them).
inline constexpr std::size_t kMostChunkExtension = 256;

struct HeadField {
    std::string_view name;
    std::string_view value;
};

/// The fields of one head. A shard keeps one for all its connections: three kilobytes that need no clearing.
class FieldList {
  public:
    const HeadField* begin() const { return fields_.data(); }
    const HeadField* end() const { return fields_.data() + size_; }
    bool full() const { return size_ == fields_.size(); }
    void add(HeadField field) { fields_[size_++] = field; }
    void clear() { size_ = 0; }

  private:
    std::array<HeadField, kMostFields> fields_;
    std::size_t size_ = 0;
};

/// Parses a head that a HeadScanner found complete, and then, if asked, the body. Views are valid as long as the head's bytes.
class RequestParser final : private boost::beast::http::basic_parser<true> {
  public:
    using Base = boost::beast::http::basic_parser<true>;
    using ErrorCode = boost::beast::error_code;

    /// Clears and fills `fields`; null: nobody wants them.
    explicit RequestParser(FieldList* fields);
    /// Where body bytes go; without it they are refused.
    void collect_into(std::string* body, std::uint64_t limit);
    /// Answers how many bytes were used.
    std::size_t feed(std::string_view bytes, ErrorCode& ec);

    using Base::chunked;
    using Base::is_done;
    using Base::is_header_done;

    std::string_view method() const { return method_; }
    std::string_view target() const { return target_; }
    /// 10 or 11.
    int version() const { return version_; }

  private:
    using View = boost::beast::string_view;
    void on_request_impl(boost::beast::http::verb, View method, View target, int version, ErrorCode&) override;
    void on_response_impl(int, View, int, ErrorCode&) override {}
    void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode& ec) override;
    void on_header_impl(ErrorCode&) override { in_head_ = false; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(View bytes, ErrorCode& ec) override;
    void on_chunk_header_impl(std::uint64_t, View extensions, ErrorCode& ec) override;
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& ec) override;
    void on_finish_impl(ErrorCode&) override {}

    FieldList* fields_;
    std::size_t trailer_count_ = 0;
    std::string_view method_, target_;
    std::string* body_ = nullptr;
    int version_ = 0;
    bool in_head_ = true;
};

}  // namespace ae::http
