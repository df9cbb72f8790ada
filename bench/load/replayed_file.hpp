// A prepared FLV file as RTMP bytes: rendered once a lap, the same bytes for every publisher that sends it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "media/flv/file.hpp"

namespace ae::bench {

class ReplayedFile {
  public:
    struct Tag {
        std::uint32_t at_ms = 0;  // since the first lap began
        Bytes bytes;
    };
    using Lap = std::vector<Tag>;

    /// Fails the program on a file that is not FLV.
    ReplayedFile(const std::string& path, std::uint32_t chunk_size);

    /// The tags of a lap. Sequence headers and metadata are in lap 0 alone.
    std::shared_ptr<const Lap> lap(std::uint32_t number);

  private:
    std::shared_ptr<const Lap> render(std::uint32_t number) const;

    std::uint32_t chunk_size_;
    Bytes file_;
    std::vector<media::flv::FileTag> tags_;
    std::uint32_t lap_ms_ = 0;
    std::map<std::uint32_t, std::shared_ptr<const Lap>> laps_;
};

}  // namespace ae::bench
