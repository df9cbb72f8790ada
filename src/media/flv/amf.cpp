#include "media/flv/amf.hpp"

#include <cmath>
#include <cstdlib>

namespace ae::media::amf {

const Value* Value::find(std::string_view name) const {
    for (std::size_t i = names.size(); i-- > 0;) {
        if (names[i] == name) return &items[i];
    }
    return nullptr;
}

Value& Value::add(std::string name, Value value) {
    names.push_back(std::move(name));
    items.push_back(std::move(value));
    return *this;
}

Value null() { return {.type = Value::Type::null}; }
Value number(double value) { return {.type = Value::Type::number, .number = value}; }
Value boolean(bool value) { return {.type = Value::Type::boolean, .boolean = value}; }
Value text(std::string_view value) { return {.type = Value::Type::text, .text = std::string{value}}; }
Value object() { return {.type = Value::Type::object}; }
Value ecma_array() { return {.type = Value::Type::ecma_array}; }
Value array(std::vector<Value> items) { return {.type = Value::Type::array, .items = std::move(items)}; }

double to_number(const Value* value, double otherwise) {
    if (value == nullptr) return otherwise;
    if (value->type == Value::Type::boolean) return value->boolean ? 1 : 0;
    if (value->is_number()) return std::isfinite(value->number) ? value->number : otherwise;
    if (!value->is_text()) return otherwise;
    char* end = nullptr;
    const double parsed = std::strtod(value->text.c_str(), &end);
    return end != value->text.c_str() && std::isfinite(parsed) ? parsed : otherwise;
}

std::string to_text(const Value* value) {
    if (value == nullptr || !value->is_text()) return {};
    return value->text.substr(0, value->text.find('\0'));
}

}  // namespace ae::media::amf
