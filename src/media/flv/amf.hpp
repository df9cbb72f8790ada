// AMF values: the one tree that AMF0 and AMF3 are read into and written from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace ae::media::amf {

/// What a reader accepts, so that no message costs much more than its own bytes.
struct Limits {
    std::size_t depth = 12;
    /// Values and names together, in one `Reader`.
    std::size_t values = 2'000;
};

struct Value {
    enum class Type : std::uint8_t { undefined, null, number, boolean, text, object, ecma_array, array, date, bytes };

    Type type = Type::undefined;
    /// Also a date's milliseconds since 1970.
    double number = 0;
    bool boolean = false;
    /// Text, or raw bytes (AMF3 ByteArray).
    std::string text = {};
    /// object, ecma_array: one name for each item; array: empty.
    std::vector<std::string> names = {};
    std::vector<Value> items = {};

    bool operator==(const Value&) const = default;

    bool is_text() const { return type == Type::text; }
    bool is_number() const { return type == Type::number; }
    bool has_names() const { return type == Type::object || type == Type::ecma_array; }
    /// The last item of this name, as a later one overrides; null when there is none.
    const Value* find(std::string_view name) const;
    Value& add(std::string name, Value value);
};

Value null();
Value number(double value);
Value boolean(bool value);
Value text(std::string_view value);
Value object();
Value ecma_array();
Value array(std::vector<Value> items);

/// A number however the encoder wrote it: as number, boolean or text (`"30"`, also with a NUL behind); `otherwise` when it is none.
double to_number(const Value* value, double otherwise = 0);
/// Text without the NUL bytes that some encoders leave behind; empty when it is none.
std::string to_text(const Value* value);

}  // namespace ae::media::amf
