// Values to JSON text, by their description.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "base/json_text.hpp"
#include "net/api/described.hpp"

namespace ae::api {

/// JSON that somebody wrote already.
struct RawJson {
    std::string text = "null";
};

/// Numbers past this are not what a browser reads.
inline constexpr std::int64_t kMostExact = (std::int64_t{1} << 53) - 1;

/// Text, enums and ids as text, numbers as numbers (past 2^53: throws, use LongNumber), absent optionals as null, times as RFC 3339, vectors as arrays, maps
/// and described structs as objects, members in the order of the description.
template <class T>
void write_json(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        if (std::cmp_greater(value, kMostExact) || std::cmp_less(value, -kMostExact)) throw std::range_error("a number in an answer is past 2^53");
        fmt::format_to(std::back_inserter(out), "{}", value);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (std::isfinite(value)) {
            fmt::format_to(std::back_inserter(out), "{}", value);
        } else {
            out += "null";
        }
    } else if constexpr (std::is_same_v<T, LongNumber>) {
        fmt::format_to(std::back_inserter(out), "\"{}\"", value.value);
    } else if constexpr (std::is_same_v<T, RawJson>) {
        out += value.text;
    } else if constexpr (std::is_same_v<T, WallTime>) {
        append_json_text(out, to_rfc3339(value));
    } else if constexpr (IsId<T>::value) {
        append_json_text(out, value.str());
    } else if constexpr (IsOptional<T>::value) {
        if (value) {
            write_json(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (IsVector<T>::value) {
        out.push_back('[');
        bool first = true;
        for (const auto& item : value) {
            if (!std::exchange(first, false)) out.push_back(',');
            write_json(out, item);
        }
        out.push_back(']');
    } else if constexpr (IsTextMap<T>::value) {
        out.push_back('{');
        bool first = true;
        for (const auto& [name, item] : value) {
            if (!std::exchange(first, false)) out.push_back(',');
            append_json_text(out, name);
            out.push_back(':');
            write_json(out, item);
        }
        out.push_back('}');
    } else if constexpr (DescribedEnum<T>) {
        append_json_text(out, enum_text(value));
    } else if constexpr (DescribedStruct<T>) {
        out.push_back('{');
        bool first = true;
        each_member<T>([&](std::string_view name, auto pointer) {
            if (!std::exchange(first, false)) out.push_back(',');
            append_json_text(out, name);
            out.push_back(':');
            write_json(out, value.*pointer);
        });
        out.push_back('}');
    } else {
        static_assert(std::is_convertible_v<const T&, std::string_view>, "this type has no JSON form: describe it (BOOST_DESCRIBE_STRUCT)");
        append_json_text(out, value);
    }
}

template <class T>
std::string to_json(const T& value) {
    std::string out;
    write_json(out, value);
    return out;
}

}  // namespace ae::api
