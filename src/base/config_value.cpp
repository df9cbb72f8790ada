#include "base/config_value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/json_text.hpp"

namespace ae::config {

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

struct Unit {
    std::string_view name;
    std::int64_t factor;
};
constexpr Unit kDurationUnits[] = {{"d", 86'400'000'000}, {"h", 3'600'000'000}, {"m", 60'000'000}, {"s", 1'000'000}, {"ms", 1'000}, {"us", 1}};
constexpr Unit kByteUnits[] = {{"TB", 1ll << 40}, {"GB", 1ll << 30}, {"MB", 1ll << 20}, {"KB", 1ll << 10}, {"B", 1}};

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::int64_t> with_unit(std::string_view text, std::span<const Unit> units, bool unit_needed) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto amount = whole_number<std::int64_t>(text.substr(0, digits));
    if (!amount) return std::nullopt;
    const auto name = trimmed(text.substr(digits));
    if (name.empty()) return unit_needed && *amount != 0 ? std::nullopt : amount;
    for (const auto& unit : units) {
        std::int64_t value = 0;
        if (name == unit.name) return __builtin_mul_overflow(*amount, unit.factor, &value) ? std::nullopt : std::optional{value};
    }
    return std::nullopt;
}

/// The largest unit that writes the amount without a fraction.
std::string in_units(std::int64_t amount, std::span<const Unit> units, std::string_view gap, std::string_view zero) {
    if (amount == 0) return std::string{zero};
    for (const auto& unit : units) {
        if (amount % unit.factor == 0) return fmt::format("{}{}{}", amount / unit.factor, gap, unit.name);
    }
    return fmt::format("{}", amount);
}

std::optional<bool> truth(std::string_view text) {
    if (text == "true" || text == "1" || text == "yes") return true;
    if (text == "false" || text == "0" || text == "no") return false;
    return std::nullopt;
}

std::vector<std::string> at_commas(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto part = trimmed(text.substr(0, comma));
        if (!part.empty()) parts.emplace_back(part);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

/// Reads the value as the target's type; nothing when it is of another kind.
struct Reader {
    const RawValue& raw;

    const std::string* text() const {
        if (const auto* plain = std::get_if<PlainText>(&raw)) return &plain->text;
        return std::get_if<std::string>(&raw);
    }
    const PlainText* plain() const { return std::get_if<PlainText>(&raw); }

    std::optional<std::string> read(std::string*) const { return text() ? std::optional{*text()} : std::nullopt; }
    std::optional<Secret> read(Secret*) const { return text() ? std::optional{Secret{*text()}} : std::nullopt; }
    std::optional<bool> read(bool*) const {
        if (const auto* value = std::get_if<bool>(&raw)) return *value;
        return plain() ? truth(plain()->text) : std::nullopt;
    }
    std::optional<std::int64_t> read(std::int64_t*) const {
        if (const auto* value = std::get_if<std::int64_t>(&raw)) return *value;
        return plain() ? whole_number<std::int64_t>(plain()->text) : std::nullopt;
    }
    std::optional<double> read(double*) const {
        if (const auto* value = std::get_if<double>(&raw)) return *value;
        if (const auto* value = std::get_if<std::int64_t>(&raw)) return static_cast<double>(*value);
        return plain() ? whole_number<double>(plain()->text) : std::nullopt;
    }
    std::optional<Duration> read(Duration*) const {
        const auto micros = text() ? with_unit(*text(), kDurationUnits, true) : std::nullopt;
        return micros ? std::optional{Duration{*micros}} : std::nullopt;
    }
    std::optional<ByteSize> read(ByteSize*) const {
        std::optional<std::int64_t> bytes;
        if (const auto* value = std::get_if<std::int64_t>(&raw)) bytes = *value;
        else if (text()) bytes = with_unit(*text(), kByteUnits, false);
        return bytes && *bytes >= 0 ? std::optional{ByteSize{static_cast<std::uint64_t>(*bytes)}} : std::nullopt;
    }
    std::optional<std::vector<std::string>> read(std::vector<std::string>*) const {
        if (const auto* value = std::get_if<std::vector<std::string>>(&raw)) return *value;
        return plain() ? std::optional{at_commas(plain()->text)} : std::nullopt;
    }
};

/// The number that `least` and `most` speak of: seconds of a duration, bytes of a size, items of a list.
template <class Value>
std::optional<double> measure(const Value& value) {
    if constexpr (std::is_same_v<Value, bool>) return std::nullopt;
    else if constexpr (std::is_arithmetic_v<Value>) return static_cast<double>(value);
    else if constexpr (std::is_same_v<Value, Duration>) return std::chrono::duration<double>(value).count();
    else if constexpr (std::is_same_v<Value, ByteSize>) return static_cast<double>(value.bytes);
    else if constexpr (std::is_same_v<Value, std::vector<std::string>>) return static_cast<double>(value.size());
    else return std::nullopt;
}

/// `least` as a person writes it for this field.
std::string bound_text(const Field& field, double bound) {
    if (std::holds_alternative<Duration*>(field.target)) return in_units(static_cast<std::int64_t>(bound * 1e6), kDurationUnits, "", "0s");
    if (std::holds_alternative<ByteSize*>(field.target)) return in_units(static_cast<std::int64_t>(bound), kByteUnits, " ", "0");
    return fmt::format("{}", bound);
}

template <class Value>
std::optional<std::string> out_of_bounds(const Field& field, const Value& value) {
    const auto size = measure(value);
    if (size && field.least && *size < *field.least) return fmt::format("must be at least {}", bound_text(field, *field.least));
    if (size && field.most && *size > *field.most) return fmt::format("must be at most {}", bound_text(field, *field.most));
    if constexpr (std::is_same_v<Value, std::string>) {
        if (!field.choices.empty() && std::ranges::find(field.choices, value) == field.choices.end()) {
            return fmt::format("must be one of {}", fmt::join(field.choices, ", "));
        }
    }
    return std::nullopt;
}

std::string_view wanted(const Field& field) {
    return std::visit(
        Overloaded{[](std::string*) -> std::string_view { return "wants text"; }, [](bool*) -> std::string_view { return "wants true or false"; },
                   [](std::int64_t*) -> std::string_view { return "wants a whole number"; },
                   [](double*) -> std::string_view { return "wants a number"; },
                   [](Duration*) -> std::string_view { return "wants a duration such as \"250ms\", \"6s\", \"2m\" or \"1h\""; },
                   [](ByteSize*) -> std::string_view { return "wants a size such as \"64 KB\", \"16 MB\" or a number of bytes"; },
                   [](Secret*) -> std::string_view { return "wants text"; },
                   [](std::vector<std::string>*) -> std::string_view { return "wants a list of texts"; }},
        field.target);
}

std::string shown(const Field& field, const RawValue& raw) {
    if (std::holds_alternative<Secret*>(field.target)) return "something else";
    return std::visit(
        Overloaded{[](const PlainText& value) { return fmt::format("\"{}\"", value.text); },
                   [](const std::string& value) { return fmt::format("\"{}\"", value); }, [](bool value) { return fmt::format("{}", value); },
                   [](std::int64_t value) { return fmt::format("{}", value); }, [](double value) { return fmt::format("{}", value); },
                   [](const std::vector<std::string>&) { return std::string{"a list"}; }, [](const Unsuitable& value) { return value.what; }},
        raw);
}

std::string quoted(std::string_view text) {
    // TOML's basic strings have the same escapes as JSON's.
    std::string out;
    append_json_text(out, text);
    return out;
}

}  // namespace

std::optional<std::string> assign(const Field& field, const RawValue& raw) {
    const auto into = [&](auto* target) -> std::optional<std::string> {
        auto value = Reader{raw}.read(target);
        if (!value) return fmt::format("{}, not {}", wanted(field), shown(field, raw));
        if (auto wrong = out_of_bounds(field, *value)) return fmt::format("{}, not {}", *wrong, shown(field, raw));
        *target = std::move(*value);
        return std::nullopt;
    };
    return std::visit(into, field.target);
}

std::string plain_value(const Field& field) {
    return std::visit(
        Overloaded{[](const std::string* value) { return *value; }, [](const bool* value) { return fmt::format("{}", *value); },
                   [](const std::int64_t* value) { return fmt::format("{}", *value); }, [](const double* value) { return fmt::format("{}", *value); },
                   [](const Duration* value) { return in_units(value->count(), kDurationUnits, "", "0s"); },
                   [](const ByteSize* value) { return in_units(static_cast<std::int64_t>(value->bytes), kByteUnits, " ", "0"); },
                   [](const Secret* value) { return std::string{value->empty() ? "" : "********"}; },
                   [](const std::vector<std::string>* value) { return fmt::format("{}", fmt::join(*value, ", ")); }},
        field.target);
}

std::string toml_value(const Field& field) {
    const auto* list = std::get_if<std::vector<std::string>*>(&field.target);
    if (list == nullptr) {
        const auto kind = kind_of(field);
        const bool bare = kind == "yes or no" || kind == "whole number" || kind == "number";
        return bare ? plain_value(field) : quoted(plain_value(field));
    }
    std::vector<std::string> items;
    for (const auto& item : **list) items.push_back(quoted(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string_view kind_of(const Field& field) {
    constexpr std::string_view kKinds[] = {"text", "yes or no", "whole number", "number", "duration", "size", "secret", "list"};
    static_assert(std::size(kKinds) == std::variant_size_v<Target>);
    return kKinds[field.target.index()];
}

}  // namespace ae::config
