// TOML, read here and nowhere else.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <fmt/format.h>

#include "base/config_value.hpp"

namespace ae::config {

namespace {

std::string place(const std::string& name, const toml::source_region& region) { return fmt::format("{} line {}", name, region.begin.line); }

RawValue list_of(const toml::array& array) {
    std::vector<std::string> texts;
    for (const auto& item : array) {
        if (!item.is_string()) return Unsuitable{"a list of something else"};
        texts.push_back(item.ref<std::string>());
    }
    return texts;
}

RawValue raw_value(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::string: return node.ref<std::string>();
        case toml::node_type::boolean: return node.ref<bool>();
        case toml::node_type::integer: return node.ref<std::int64_t>();
        case toml::node_type::floating_point: return node.ref<double>();
        case toml::node_type::array: return list_of(*node.as_array());
        case toml::node_type::table: return Unsuitable{"a table"};
        default: return Unsuitable{"a date or time"};
    }
}

}  // namespace

std::vector<Found> read_toml(const std::string& text, const std::string& name, std::vector<std::string>& errors) {
    const auto parsed = toml::parse(text);
    if (!parsed) {
        errors.push_back(fmt::format("{}: {}.", place(name, parsed.error().source()), parsed.error().description()));
        return {};
    }
    std::vector<Found> found;
    for (const auto& [section, content] : parsed.table()) {
        const auto* fields = content.as_table();
        if (fields == nullptr) {
            errors.push_back(fmt::format("{}: {} stands outside any section.", place(name, content.source()), section.str()));
            continue;
        }
        // A section without a key still has to be one that exists.
        if (fields->empty()) found.push_back({std::string{section.str()}, "", Unsuitable{}, place(name, content.source())});
        for (const auto& [key, value] : *fields) {
            found.push_back({std::string{section.str()}, std::string{key.str()}, raw_value(value), place(name, value.source())});
        }
    }
    return found;
}

}  // namespace ae::config
