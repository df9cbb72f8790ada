#include "net/api/json_pretty.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

namespace ae::api {

namespace {

namespace json = boost::json;

bool plain(const json::value& value) { return !value.is_structured(); }

void write(std::string& out, const json::value& value, std::size_t depth) {
    const std::string indent(2 * depth + 2, ' ');
    if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
        out += "{\n";
        bool first = true;
        for (const auto& member : *object) {
            if (!std::exchange(first, false)) out += ",\n";
            out += indent + json::serialize(json::value(member.key())) + ": ";
            write(out, member.value(), depth + 1);
        }
        out += "\n" + std::string(2 * depth, ' ') + "}";
    } else if (const auto* array = value.if_array(); array != nullptr && !std::ranges::all_of(*array, plain)) {
        out += "[\n";
        bool first = true;
        for (const auto& item : *array) {
            if (!std::exchange(first, false)) out += ",\n";
            out += indent;
            write(out, item, depth + 1);
        }
        out += "\n" + std::string(2 * depth, ' ') + "]";
    } else if (array != nullptr) {
        out += "[";
        bool first = true;
        for (const auto& item : *array) {
            if (!std::exchange(first, false)) out += ", ";
            out += json::serialize(item);
        }
        out += "]";
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string json_pretty(const json::value& value) {
    std::string out;
    write(out, value, 0);
    return out + "\n";
}

}  // namespace ae::api
