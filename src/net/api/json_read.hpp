// JSON from outside to described values; what does not fit is named by its JSON pointer.
#pragma once

#include <charconv>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "net/api/described.hpp"
#include "net/api/json_write.hpp"
#include "net/http/problem.hpp"

namespace ae::api {

using Problems = std::vector<http::ProblemItem>;
/// So many faults are told at once.
inline constexpr std::size_t kMostProblems = 32;

inline void report(Problems& problems, std::string pointer, std::string detail) {
    if (problems.size() < kMostProblems) problems.push_back({std::move(pointer), std::move(detail)});
}

/// The length of text as a person counts it: code points.
std::size_t code_points(std::string_view text);
/// `~` and `/` escaped (RFC 6901).
std::string pointer_step(std::string_view name);
/// `draft, live, ended`: what an enum may be.
template <DescribedEnum E>
std::string choices() {
    std::string all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
        if (!all.empty()) all += ", ";
        all += enumerator_text(one.name);
    });
    return all;
}

void check_length(const FieldRule& rule, std::string_view text, const std::string& pointer, Problems& problems);
void check_range(const FieldRule& rule, double number, const std::string& pointer, Problems& problems);

template <class V>
void check_rule(const FieldRule& rule, const V& value, const std::string& pointer, Problems& problems) {
    if constexpr (IsOptional<V>::value) {
        if (value) check_rule(rule, *value, pointer, problems);
    } else if constexpr (std::is_same_v<V, std::string>) {
        check_length(rule, value, pointer, problems);
    } else if constexpr (std::is_arithmetic_v<V> && !std::is_same_v<V, bool>) {
        check_range(rule, static_cast<double>(value), pointer, problems);
    }
}

/// Text, as in a path or a query, to a value; false when it is none.
template <class T>
bool read_text(std::string_view text, T& out) {
    if constexpr (std::is_same_v<T, std::string>) {
        out = text;
        return true;
    } else if constexpr (std::is_same_v<T, bool>) {
        out = text == "true" || text == "1";
        return out || text == "false" || text == "0";
    } else if constexpr (std::is_arithmetic_v<T>) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
        return !text.empty() && error == std::errc{} && end == text.data() + text.size();
    } else if constexpr (std::is_same_v<T, LongNumber>) {
        return read_text(text, out.value);
    } else if constexpr (std::is_same_v<T, WallTime>) {
        const auto time = from_rfc3339(text);
        if (time) out = *time;
        return time.has_value();
    } else if constexpr (IsId<T>::value) {
        out = T{std::string{text}};
        return looks_like_id(text);
    } else if constexpr (DescribedEnum<T>) {
        const auto value = enum_from_text<T>(text);
        if (value) out = *value;
        return value.has_value();
    } else {
        static_assert(IsOptional<T>::value, "this type cannot stand in a path or a query");
        return read_text(text, out.emplace());
    }
}

template <class T>
std::string expected_text() {
    if constexpr (IsOptional<T>::value) {
        return expected_text<typename T::value_type>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return "must be true or false";
    } else if constexpr (std::is_integral_v<T>) {
        return "must be a whole number";
    } else if constexpr (std::is_floating_point_v<T>) {
        return "must be a number";
    } else if constexpr (std::is_same_v<T, WallTime>) {
        return "must be a time such as 2026-11-20T07:32:59Z";
    } else if constexpr (IsId<T>::value) {
        return "must be an id of 26 characters";
    } else if constexpr (std::is_same_v<T, LongNumber>) {
        return "must be a whole number as text";
    } else if constexpr (DescribedEnum<T>) {
        return "must be one of " + choices<T>();
    } else {
        return "must be text";
    }
}

template <class T>
void read_json(const boost::json::value& from, const std::string& pointer, T& out, Problems& problems);

template <class T>
void read_object(const boost::json::value& from, const std::string& pointer, T& out, Problems& problems) {
    const auto* object = from.if_object();
    if (object == nullptr) return report(problems, pointer, "must be an object");
    for (const auto& entry : *object) {
        bool known = false;
        each_member<T>([&](std::string_view name, auto) { known = known || name == std::string_view{entry.key().data(), entry.key().size()}; });
        if (!known) report(problems, pointer + "/" + pointer_step({entry.key().data(), entry.key().size()}), "is not known here");
    }
    each_member<T>([&](std::string_view name, auto member) {
        using Member = std::remove_cvref_t<decltype(out.*member)>;
        const std::string below = pointer + "/" + pointer_step(name);
        const auto* value = object->if_contains({name.data(), name.size()});
        if (value == nullptr) {
            if (!IsOptional<Member>::value) report(problems, below, "is missing");
            return;
        }
        const std::size_t before = problems.size();
        read_json(*value, below, out.*member, problems);
        const FieldRule* rule = rules_of<T>().find(name);
        if (rule != nullptr && problems.size() == before) check_rule(*rule, out.*member, below, problems);
    });
}

template <class T>
void read_json(const boost::json::value& from, const std::string& pointer, T& out, Problems& problems) {
    if constexpr (IsOptional<T>::value) {
        if (!from.is_null()) read_json(from, pointer, out.emplace(), problems);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!from.is_bool()) return report(problems, pointer, expected_text<T>());
        out = from.get_bool();
    } else if constexpr (std::is_integral_v<T>) {
        boost::json::error_code ec;
        out = from.to_number<T>(ec);
        if (ec) report(problems, pointer, expected_text<T>());
    } else if constexpr (std::is_floating_point_v<T>) {
        if (!from.is_number()) return report(problems, pointer, expected_text<T>());
        out = from.to_number<T>();
    } else if constexpr (IsVector<T>::value) {
        const auto* array = from.if_array();
        if (array == nullptr) return report(problems, pointer, "must be an array");
        for (std::size_t i = 0; i < array->size(); ++i) read_json((*array)[i], pointer + "/" + std::to_string(i), out.emplace_back(), problems);
    } else if constexpr (DescribedStruct<T>) {
        read_object(from, pointer, out, problems);
    } else {
        const auto* text = from.if_string();
        if (text == nullptr || !read_text({text->data(), text->size()}, out)) report(problems, pointer, expected_text<T>());
    }
}

/// A described struct out of named texts (a path's or a query's). What is not asked for is passed over: addresses get all kinds of marks hung on.
template <class T>
void read_parameters(const std::vector<std::pair<std::string, std::string>>& from, std::string_view place, T& out, Problems& problems) {
    each_member<T>([&](std::string_view name, auto member) {
        using Member = std::remove_cvref_t<decltype(out.*member)>;
        const std::string pointer = std::string{place} + "/" + std::string{name};
        const std::string* text = nullptr;
        for (const auto& [key, value] : from) {
            if (key == name) text = &value;
        }
        if (text == nullptr) {
            if (!IsOptional<Member>::value) report(problems, pointer, "is missing");
            return;
        }
        if (!read_text(*text, out.*member)) return report(problems, pointer, expected_text<Member>());
        if (const FieldRule* rule = rules_of<T>().find(name)) check_rule(*rule, out.*member, pointer, problems);
    });
}

}  // namespace ae::api
