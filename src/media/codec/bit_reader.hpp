// Reads bits, most significant first, and the Exp-Golomb numbers of H.264 (ITU-T H.264 9.1).
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace ae::media {

/// Past the end it answers zeros and `failed()` stays true: a parser reads what it wants and asks once.
class BitReader {
  public:
    explicit BitReader(BytesView bytes) : bytes_(bytes) {}

    bool bit() {
        if (position_ >= bytes_.size() * 8) {
            failed_ = true;
            return false;
        }
        const bool value = (bytes_[position_ / 8] >> (7 - position_ % 8) & 1) != 0;
        ++position_;
        return value;
    }
    /// Up to 32 bits.
    std::uint32_t bits(unsigned count) {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i) value = value << 1 | static_cast<std::uint32_t>(bit());
        return value;
    }
    void skip(std::size_t count) {
        if (count > left()) {
            failed_ = true;
            count = left();
        }
        position_ += count;
    }
    /// ue(v). A code of more than 32 bits is no number of this standard: failed.
    std::uint32_t ue() {
        unsigned zeros = 0;
        while (!failed_ && !bit()) {
            if (++zeros > 31) failed_ = true;
        }
        if (failed_) return 0;
        return (1u << zeros) - 1 + bits(zeros);
    }
    /// se(v).
    std::int32_t se() {
        const auto code = static_cast<std::int64_t>(ue());
        return static_cast<std::int32_t>(code % 2 != 0 ? (code + 1) / 2 : -(code / 2));
    }
    /// A number that the standard bounds; one above the bound fails the reader.
    std::uint32_t ue_at_most(std::uint32_t most) {
        const auto value = ue();
        if (value > most) failed_ = true;
        return value > most ? 0 : value;
    }
    std::size_t left() const { return bytes_.size() * 8 - position_; }
    std::size_t position() const { return position_; }
    bool failed() const { return failed_; }

  private:
    BytesView bytes_;
    std::size_t position_ = 0;
    bool failed_ = false;
};

}  // namespace ae::media
