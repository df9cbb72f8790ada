#include "net/api/json_document.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>

namespace ae::api {

namespace {

namespace json = boost::json;

/// Sees every name before Boost.JSON's objects keep the last of two.
struct Inspector {
    static constexpr std::size_t max_object_size = kMostJsonValues;
    static constexpr std::size_t max_array_size = kMostJsonValues;
    static constexpr std::size_t max_key_size = 64 * 1024;
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1) / 2;

    using Code = json::error_code;
    std::vector<std::vector<std::string>> names = {};
    std::string partial = {};
    std::string twice = {};
    std::size_t values = 0;

    bool counted(Code& ec) {
        if (++values <= kMostJsonValues) return true;
        ec = json::error::array_too_large;
        return false;
    }
    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code& ec) {
        names.emplace_back();
        return counted(ec);
    }
    bool on_object_end(std::size_t, Code& ec) {
        auto seen = std::move(names.back());
        names.pop_back();
        std::ranges::sort(seen);
        const auto again = std::ranges::adjacent_find(seen);
        if (again == seen.end()) return true;
        twice = *again;
        ec = json::error::object_too_large;
        return false;
    }
    bool on_array_begin(Code& ec) { return counted(ec); }
    bool on_array_end(std::size_t, Code&) { return true; }
    bool on_key_part(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        return true;
    }
    bool on_key(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        names.back().push_back(std::exchange(partial, {}));
        return true;
    }
    bool on_string_part(json::string_view, std::size_t, Code&) { return true; }
    bool on_string(json::string_view, std::size_t, Code& ec) { return counted(ec); }
    bool on_number_part(json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, Code& ec) { return counted(ec); }
    bool on_uint64(std::uint64_t, json::string_view, Code& ec) { return counted(ec); }
    bool on_double(double, json::string_view, Code& ec) { return counted(ec); }
    bool on_bool(bool, Code& ec) { return counted(ec); }
    bool on_null(Code& ec) { return counted(ec); }
    bool on_comment_part(json::string_view, Code&) { return true; }
    bool on_comment(json::string_view, Code&) { return true; }
};

}  // namespace

Result<json::value> parse_json(std::string_view text) {
    const json::string_view view{text.data(), text.size()};
    json::parse_options options;
    options.max_depth = kMostJsonDepth;

    json::basic_parser<Inspector> inspector{options};
    Inspector::Code ec;
    const std::size_t used = inspector.write_some(false, view.data(), view.size(), ec);
    if (const auto& twice = inspector.handler().twice; !twice.empty()) {
        return Error{Errc::invalid, "json_invalid", "The name `" + twice + "` is in an object twice."};
    }
    if (!ec && used == text.size()) {
        auto value = json::parse(view, ec, {}, options);
        if (!ec) return value;
    }
    return Error{Errc::invalid, "json_invalid", "The body is no JSON text within the limits: " + ec.message() + "."};
}

}  // namespace ae::api
