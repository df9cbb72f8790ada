#include "net/http/outbox.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace ae::http {

namespace {
constexpr std::string_view kBlankLine = "\r\n";
}

Outbox::Outbox(std::string head, Response response, bool head_only) : own_(std::move(head)), body_(std::move(response.body)), head_only_(head_only) {}

Outbox::Outbox(WireResponse response, bool head_only, bool closing)
    : shared_head_(std::move(response.head)),
      own_(closing ? "connection: close\r\n\r\n" : ""),
      body_(std::move(response.body)),
      head_only_(head_only),
      head_cut_(closing ? kBlankLine.size() : 0) {
    AE_CHECK(shared_head_ != nullptr && shared_head_->ends_with("\r\n\r\n"), "a shared head ends in the blank line");
}

template <class F>
void Outbox::each_piece(F f) const {
    if (shared_head_) f(shared_head_->data(), shared_head_->size() - head_cut_);
    if (!own_.empty()) f(own_.data(), own_.size());
    if (head_only_) return;
    if (const auto* text = std::get_if<std::string>(&body_)) {
        if (!text->empty()) f(text->data(), text->size());
    } else if (const auto* shared = std::get_if<SharedText>(&body_)) {
        if (*shared && !(*shared)->empty()) f((*shared)->data(), (*shared)->size());
    } else if (const auto* bytes = std::get_if<SharedBytes>(&body_)) {
        if (*bytes && !(*bytes)->empty()) f((*bytes)->data(), (*bytes)->size());
    } else if (const auto* fixed = std::get_if<StaticBytes>(&body_)) {
        if (!fixed->view.empty()) f(fixed->view.data(), fixed->view.size());
    } else {
        for (const auto& piece : std::get<Rope>(body_)) {
            if (piece && !piece->empty()) f(piece->data(), piece->size());
        }
    }
}

std::size_t Outbox::total() const {
    std::size_t sum = 0;
    each_piece([&](const void*, std::size_t size) { sum += size; });
    return sum;
}

std::size_t Outbox::gather(iovec* pieces, std::size_t most) const {
    std::size_t skip = sent_, count = 0;
    each_piece([&](const void* data, std::size_t size) {
        const std::size_t skipped = std::min(skip, size);
        skip -= skipped;
        if (skipped == size || count == most) return;
        pieces[count++] = {const_cast<char*>(static_cast<const char*>(data)) + skipped, size - skipped};
    });
    return count;
}

}  // namespace ae::http
