// One value of the configuration between its source and its field: reading it, checking it, writing it. Inside `base` only.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/config.hpp"

namespace ae::config {

/// What a source holds: TOML has kinds of its own; the environment and the flags have text that the field's kind reads.
struct PlainText {
    std::string text;
};
struct Unsuitable {
    std::string what;
};
using RawValue = std::variant<PlainText, std::string, bool, std::int64_t, double, std::vector<std::string>, Unsuitable>;

/// One value with the way a person finds it: `aethex.toml line 4`, `environment AETHEX_HTTP__LISTEN`.
struct Found {
    std::string section;
    std::string key;
    RawValue value;
    std::string where;
};

/// Puts the value into the field's target, or says what is wrong with it. The sentence never repeats a secret.
std::optional<std::string> assign(const Field& field, const RawValue& value);
/// What the target holds: `6s`, `64 KB`, `true`, a list with commas; a secret is "********" or nothing.
std::string plain_value(const Field& field);
/// The same as a TOML value.
std::string toml_value(const Field& field);
/// `text`, `duration`, `size`...: the kind of a field, for messages and the page.
std::string_view kind_of(const Field& field);

/// Everything in a TOML text, by section; what cannot be read goes to `errors`.
std::vector<Found> read_toml(const std::string& text, const std::string& name, std::vector<std::string>& errors);

}  // namespace ae::config
