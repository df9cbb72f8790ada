// Bytes: views, owners and shared immutable buffers, and a reader and a writer of big-endian numbers for parsers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ae {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
/// Bytes that several own and nobody changes.
using SharedBytes = std::shared_ptr<const Bytes>;

inline BytesView as_bytes(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string to_hex(BytesView bytes);
std::optional<Bytes> from_hex(std::string_view text);
/// RFC 4648 section 4 (with padding) and section 5 (URL-safe, without).
std::string to_base64(BytesView bytes);
std::string to_base64url(BytesView bytes);
std::optional<Bytes> from_base64(std::string_view text);
std::optional<Bytes> from_base64url(std::string_view text);

/// Reads big-endian numbers from a view. Past the end it answers zeros and `failed()` stays true: a parser
/// reads what it wants and asks once.
class ByteReader {
  public:
    explicit ByteReader(BytesView bytes) : rest_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(take(2)); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(take(3)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(take(4)); }
    std::uint64_t u64() { return take(8); }
    std::int32_t i24() {
        const auto raw = static_cast<std::int32_t>(u24());
        return raw >= 0x800000 ? raw - 0x1000000 : raw;
    }
    /// The next `count` bytes; empty, and failed, when there are fewer.
    BytesView bytes(std::size_t count) {
        if (count > rest_.size()) {
            failed_ = true;
            rest_ = {};
            return {};
        }
        const auto taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    BytesView rest() const { return rest_; }
    std::size_t remaining() const { return rest_.size(); }
    bool empty() const { return rest_.empty(); }
    bool failed() const { return failed_; }

  private:
    std::uint64_t take(std::size_t count) {
        std::uint64_t value = 0;
        for (const auto byte : bytes(count)) value = value << 8 | byte;
        return value;
    }

    BytesView rest_;
    bool failed_ = false;
};

/// Appends big-endian numbers to a buffer.
class ByteWriter {
  public:
    explicit ByteWriter(Bytes& out) : out_(out) {}

    ByteWriter& u8(std::uint64_t value) { return put(value, 1); }
    ByteWriter& u16(std::uint64_t value) { return put(value, 2); }
    ByteWriter& u24(std::uint64_t value) { return put(value, 3); }
    ByteWriter& u32(std::uint64_t value) { return put(value, 4); }
    ByteWriter& u64(std::uint64_t value) { return put(value, 8); }
    ByteWriter& bytes(BytesView view) {
        out_.insert(out_.end(), view.begin(), view.end());
        return *this;
    }
    ByteWriter& text(std::string_view view) { return bytes(as_bytes(view)); }
    std::size_t size() const { return out_.size(); }
    /// Writes a 32-bit number over one written before, at `offset`.
    void patch_u32(std::size_t offset, std::uint32_t value) {
        for (int i = 0; i < 4; ++i) out_[offset + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
    }

  private:
    ByteWriter& put(std::uint64_t value, int count) {
        for (int i = count - 1; i >= 0; --i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
        return *this;
    }

    Bytes& out_;
};

}  // namespace ae
