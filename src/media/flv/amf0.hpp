// AMF0 (Action Message Format, 2007): the language of RTMP commands and of onMetaData.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/flv/amf.hpp"

namespace ae::media::amf {

/// Reads values one after another. Refuses `amf_malformed` (an end inside a value, an unknown marker) and `amf_too_large`
/// (the limits). References answer undefined: no publisher uses them, and following them could loop.
class Amf0Reader {
  public:
    explicit Amf0Reader(BytesView bytes, Limits limits = {}) : in_(bytes), limits_(limits) {}
    Result<Value> next();
    bool done() const { return in_.empty(); }
    BytesView rest() const { return in_.rest(); }

  private:
    Value value(std::size_t depth);
    Value amf3_value(std::size_t depth);
    void named_items(Value& into, std::size_t depth);
    void plain_items(Value& into, std::size_t depth);
    std::string short_text();
    std::string long_text();
    bool spend();

    ByteReader in_;
    Limits limits_;
    std::size_t spent_ = 0;
    bool malformed_ = false, too_large_ = false;
};

/// Everything in `bytes`, in order.
Result<std::vector<Value>> read_all_amf0(BytesView bytes, Limits limits = {});

/// Appends a value; dates and raw bytes too (raw bytes become text).
void write_amf0(Bytes& out, const Value& value);

}  // namespace ae::media::amf
