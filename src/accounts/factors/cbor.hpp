// CBOR as passkeys use it (RFC 8949, section 8 of CTAP2): definite lengths, integers, texts, bytes, arrays, maps, true, false, null.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

namespace ae::factors::cbor {

struct Value;
struct Entry;
using Array = std::vector<Value>;
struct Map {
    std::vector<Entry> entries;
    bool operator==(const Map& other) const;
};

struct Value {
    std::variant<std::nullptr_t, bool, std::int64_t, Bytes, std::string, Array, Map> data;

    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
    const Bytes* bytes() const { return std::get_if<Bytes>(&data); }
    const std::string* text() const { return std::get_if<std::string>(&data); }
    const Map* map() const { return std::get_if<Map>(&data); }
    bool operator==(const Value&) const = default;
};

struct Entry {
    Value key, value;
    bool operator==(const Entry&) const = default;
};

/// What a map has under a key; null: nothing.
const Value* find(const Map& map, std::int64_t key);
const Value* find(const Map& map, std::string_view key);

/// One item from the front of the reader, which then stands behind it. nullopt for what is no such CBOR: indefinite lengths, floating point, tags, numbers
/// past 63 bits, a key twice, deeper than 8, or more than 256 items.
std::optional<Value> read(ByteReader& reader);

}  // namespace ae::factors::cbor
