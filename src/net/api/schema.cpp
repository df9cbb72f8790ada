#include "net/api/schema.hpp"

#include "base/check.hpp"

namespace ae::api {

namespace json = boost::json;

json::value SchemaBook::nullable(json::value schema) {
    // OpenAPI 3.1: null is a type beside the other, not a keyword.
    auto& object = schema.as_object();
    if (auto* type = object.if_contains("type"); type != nullptr && type->is_string() && !object.contains("enum")) {
        *type = json::array{*type, "null"};
        return schema;
    }
    return {{"anyOf", json::array{std::move(schema), json::value{{"type", "null"}}}}};
}

json::value SchemaBook::page_schema(json::value items) {
    json::object next{{"type", json::array{"string", "null"}}, {"description", "For `cursor` of the next request; null at the end."}};
    json::object properties;
    properties["items"] = json::object{{"type", "array"}, {"items", std::move(items)}};
    properties["next"] = std::move(next);
    return json::object{{"type", "object"}, {"properties", std::move(properties)}, {"required", json::array{"items", "next"}}};
}

json::value SchemaBook::with_rule(json::value schema, const FieldRule* rule) {
    if (rule == nullptr) return schema;
    auto& object = schema.as_object();
    if (rule->least_length) object["minLength"] = *rule->least_length;
    if (rule->most_length) object["maxLength"] = *rule->most_length;
    if (rule->least) object["minimum"] = *rule->least;
    if (rule->most) object["maximum"] = *rule->most;
    if (!rule->description.empty()) object["description"] = rule->description;
    return schema;
}

void SchemaBook::check_way(const std::string& name) const {
    const auto found = one_way_.find(name);
    AE_CHECK(found == one_way_.end() || found->second == way_, "a struct with optional members travels one way; make two types of it");
}

std::pair<std::string, bool> SchemaBook::enter(std::string_view qualified) {
    const std::size_t colon = qualified.rfind("::");
    const std::string name{colon == std::string_view::npos ? qualified : qualified.substr(colon + 2)};
    const auto [entry, fresh] = qualified_.try_emplace(name, qualified);
    AE_CHECK(entry->second == qualified, "two described structs of one name would be one schema");
    return {name, fresh};
}

}  // namespace ae::api
