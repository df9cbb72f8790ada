#include "net/http/message.hpp"

#include <algorithm>
#include <array>

namespace ae::http {

std::string_view method_name(Method method) {
    static constexpr std::array<std::string_view, kMethodCount> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return kNames[static_cast<std::size_t>(method)];
}

bool is_unsafe(Method method) { return method != Method::get && method != Method::head && method != Method::options; }

void Headers::add(std::string_view name, std::string_view value) {
    const Span span{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    text_.append(name).append(value);
    spans_.push_back(span);
}

void Headers::set(std::string_view name, std::string_view value) {
    // The caller's views may point into this very buffer (`set("etag", headers.get("etag"))`).
    const std::string kept_name{name}, kept_value{value};
    remove(kept_name);
    add(kept_name, kept_value);
}

void Headers::remove(std::string_view name) {
    std::erase_if(spans_, [&](const Span& span) { return std::string_view{text_}.substr(span.name_at, span.name_size) == name; });
}

Headers::Entry Headers::operator[](std::size_t index) const {
    const Span& span = spans_[index];
    const std::string_view text = text_;
    return {text.substr(span.name_at, span.name_size), text.substr(span.name_at + span.name_size, span.value_size)};
}

std::string_view Headers::get(std::string_view name) const {
    for (std::size_t i = 0; i < spans_.size(); ++i) {
        if (spans_[i].name_size == name.size() && (*this)[i].first == name) return (*this)[i].second;
    }
    return {};
}

bool Headers::has(std::string_view name) const { return count(name) > 0; }

std::size_t Headers::count(std::string_view name) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < spans_.size(); ++i) found += (*this)[i].first == name;
    return found;
}

std::vector<Headers::Entry> Headers::entries() const {
    std::vector<Entry> all;
    all.reserve(spans_.size());
    for (std::size_t i = 0; i < spans_.size(); ++i) all.push_back((*this)[i]);
    return all;
}

void Headers::clear() {
    text_.clear();
    spans_.clear();
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::string_view Request::path_value(std::string_view name) const {
    for (const auto& [key, value] : path_parameters) {
        if (key == name) return value;
    }
    return {};
}

void Request::clear() {
    method = Method::get;
    query.clear();
    headers.clear();
    path_parameters.clear();
    for (std::string* text : {&path, &target, &body, &address, &scheme, &host, &request_id}) text->clear();
}

std::uint64_t Response::body_size() const {
    struct Size {
        std::uint64_t operator()(const std::string& text) const { return text.size(); }
        std::uint64_t operator()(const SharedText& text) const { return text ? text->size() : 0; }
        std::uint64_t operator()(const SharedBytes& bytes) const { return bytes ? bytes->size() : 0; }
        std::uint64_t operator()(const StaticBytes& bytes) const { return bytes.view.size(); }
        std::uint64_t operator()(const Rope& rope) const {
            std::uint64_t total = 0;
            for (const auto& piece : rope) total += (*this)(piece);
            return total;
        }
    };
    return std::visit(Size{}, body);
}

std::string_view status_text(unsigned status) {
    switch (status) {
        case 100: return "Continue";
        case 101: return "Switching Protocols";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return {};
    }
}

Response text_response(unsigned status, std::string_view content_type, std::string body) {
    Response response;
    response.status = status;
    response.headers.add("content-type", content_type);
    response.body = std::move(body);
    return response;
}

}  // namespace ae::http
