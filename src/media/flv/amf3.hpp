// AMF3 (Action Message Format, 2013): what commands of type 17 and some AMF0 values hold.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/flv/amf.hpp"

namespace ae::media::amf {

/// Reads values one after another, with the tables of strings, traits and objects that they share. A reference to an object answers
/// null: copies of copies would grow without bound. Externalizable classes, vectors and dictionaries are refused (`amf_malformed`).
class Amf3Reader {
  public:
    explicit Amf3Reader(BytesView bytes, Limits limits = {}) : in_(bytes), limits_(limits) {}
    Result<Value> next();
    bool done() const { return in_.empty(); }
    BytesView rest() const { return in_.rest(); }
    std::size_t spent() const { return spent_; }

  private:
    struct Traits {
        std::vector<std::string> names;
        bool dynamic = false;
    };

    Value value(std::size_t depth);
    Value object_value(std::size_t depth);
    Value array_value(std::size_t depth);
    Value sized_text(Value::Type type);
    Value date_value();
    std::string text();
    bool read_traits(std::uint32_t header, Traits& traits);
    void named_items(Value& into, std::size_t depth);
    std::uint32_t u29();
    bool spend();
    bool bad() const { return malformed_ || too_large_ || in_.failed(); }

    ByteReader in_;
    Limits limits_;
    std::vector<std::string> strings_;
    std::vector<Traits> traits_;
    std::size_t text_bytes_ = 0;
    std::size_t spent_ = 0;
    bool malformed_ = false, too_large_ = false;
};

/// Appends a value, always in full (a reader needs no tables).
void write_amf3(Bytes& out, const Value& value);

}  // namespace ae::media::amf
