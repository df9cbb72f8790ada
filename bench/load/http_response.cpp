#include "load/http_response.hpp"

#include <strings.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "load/socket.hpp"

namespace ae::bench {

namespace {

constexpr std::string_view kLastChunk = "\r\n0\r\n\r\n";

std::optional<std::string_view> header(std::string_view head, std::string_view name) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos && at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (line.size() <= name.size() || line[name.size()] != ':' || ::strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
        auto value = line.substr(name.size() + 1);
        while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
        return value;
    }
    return std::nullopt;
}

}  // namespace

void HttpResponse::begin(bool keep_body) {
    state_ = State::head;
    keep_body_ = keep_body;
    status_ = 0;
    length_ = left_ = 0;
    checksum_ = {};
    head_.clear();
    body_.clear();
    tail_.clear();
}

std::size_t HttpResponse::feed(std::string_view bytes) {
    std::size_t used = state_ == State::head ? feed_head(bytes) : 0;
    if (state_ == State::chunks) return used + feed_chunks(bytes.substr(used));
    if (state_ != State::body) return used;
    const auto piece = bytes.substr(used, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used)));
    checksum_.add(piece);
    if (keep_body_) body_.append(piece);
    left_ -= piece.size();
    if (left_ == 0) state_ = State::done;
    return used + piece.size();
}

std::size_t HttpResponse::feed_chunks(std::string_view bytes) {
    // One request at a time is under way, so what comes is its answer, and the empty chunk is its end; the peers' JSON never looks like one.
    checksum_.add(bytes);
    length_ += bytes.size();
    tail_.append(bytes.size() > kLastChunk.size() ? bytes.substr(bytes.size() - kLastChunk.size()) : bytes);
    if (tail_.size() > kLastChunk.size()) tail_.erase(0, tail_.size() - kLastChunk.size());
    if (tail_ == kLastChunk) state_ = State::done;
    return bytes.size();
}

std::size_t HttpResponse::feed_head(std::string_view bytes) {
    // The head alone is kept: 25 KB of body behind it would be copied for nothing.
    const std::size_t before = head_.size();
    if (before == 0) {
        const auto end = bytes.find("\r\n\r\n");
        head_.append(bytes.substr(0, end == std::string_view::npos ? end : end + 4));
        if (end == std::string_view::npos) return bytes.size();
    } else {
        head_.append(bytes);
        const auto end = head_.find("\r\n\r\n", before < 3 ? 0 : before - 3);
        if (end == std::string::npos) return bytes.size();
        head_.resize(end + 4);
    }
    read_head();
    return head_.size() - before;
}

void HttpResponse::read_head() {
    if (head_.size() < 12 || !head_.starts_with("HTTP/1.1 ")) fail(fmt::format("This is no HTTP answer: {}", head_.substr(0, 80)));
    std::from_chars(head_.data() + 9, head_.data() + 12, status_);
    const auto length = header(head_, "Content-Length");
    if (!length && header(head_, "Transfer-Encoding") == "chunked") {
        state_ = State::chunks;
        return;
    }
    if (!length) fail(fmt::format("An answer without a length: {}", head_));
    std::from_chars(length->data(), length->data() + length->size(), length_);
    left_ = length_;
    state_ = left_ == 0 ? State::done : State::body;
}

}  // namespace ae::bench
