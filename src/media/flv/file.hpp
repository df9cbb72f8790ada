// FLV files (FLV 10.1 annex E.2, E.3): a prepared stream on disk, for tests and for the publisher that replays it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/flv/demuxer.hpp"

namespace ae::media::flv {

struct FileTag {
    TagType type = TagType::script;
    std::uint32_t timestamp_ms = 0;
    BytesView body;
};

/// Reads the tags of a whole file in memory. A file that ends inside a tag ends before it.
class FileReader {
  public:
    /// Refuses `not_flv`.
    static Result<FileReader> open(BytesView file);
    std::optional<FileTag> next();

  private:
    explicit FileReader(BytesView tags) : in_(tags) {}
    ByteReader in_;
};

void write_file_header(Bytes& out);
void write_file_tag(Bytes& out, const FileTag& tag);

}  // namespace ae::media::flv
