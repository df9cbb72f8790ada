// Writing boxes (ISO 14496-12 section 4.2): a box is open as long as its object lives, and its size is filled in when that ends.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace ae::media::mp4 {

class Box {
  public:
    /// `type` is four characters.
    Box(ByteWriter& out, std::string_view type) : out_(out), start_(out.size()) { out_.u32(0).text(type); }
    /// A full box: with version and flags.
    Box(ByteWriter& out, std::string_view type, std::uint8_t version, std::uint32_t flags) : Box(out, type) { out_.u8(version).u24(flags); }
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;
    ~Box() { out_.patch_u32(start_, static_cast<std::uint32_t>(out_.size() - start_)); }

  private:
    ByteWriter& out_;
    std::size_t start_;
};

}  // namespace ae::media::mp4
