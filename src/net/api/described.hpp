// What the API knows of a type: its members and enumerators by Boost.Describe, its name, and the rules its fields obey.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/id.hpp"
#include "base/time.hpp"

namespace ae::api {

/// For routes without path parameters, query or body.
struct None {};
BOOST_DESCRIBE_STRUCT(None, (), ())

/// A number that may be past 2^53: travels as text, because a browser would round it.
struct LongNumber {
    std::int64_t value = 0;
};

/// What a struct's fields must be, for checking input and for the API page. A struct says it in `static void rules(api::Rules& rules)`:
///
///     rules.field("title").length(1, 100).says("What viewers see above the player.");
struct FieldRule {
    std::optional<std::size_t> least_length = {}, most_length = {};
    std::optional<double> least = {}, most = {};
    std::string description = {};

    /// In code points.
    FieldRule& length(std::size_t from, std::size_t to) {
        least_length = from;
        most_length = to;
        return *this;
    }
    FieldRule& range(double from, double to) {
        least = from;
        most = to;
        return *this;
    }
    FieldRule& says(std::string text) {
        description = std::move(text);
        return *this;
    }
};
class Rules {
  public:
    FieldRule& field(std::string name) { return fields_[std::move(name)]; }
    const FieldRule* find(std::string_view name) const {
        const auto found = fields_.find(name);
        return found == fields_.end() ? nullptr : &found->second;
    }

  private:
    std::map<std::string, FieldRule, std::less<>> fields_;
};

template <class T>
concept HasRules = requires(Rules& rules) { T::rules(rules); };

template <class T>
const Rules& rules_of() {
    static const Rules kMade = [] {
        Rules rules;
        if constexpr (HasRules<T>) T::rules(rules);
        return rules;
    }();
    return kMade;
}

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsTextMap : std::false_type {};
template <class T>
struct IsTextMap<std::map<std::string, T>> : std::true_type {};

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// Calls `f(name, pointer to member)` for each member in order.
template <class T, class F>
void each_member(F f) {
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { f(std::string_view{member.name}, member.pointer); });
}

/// An enumerator as text: its name, without the underscore that keeps a keyword away (`private_`).
inline std::string_view enumerator_text(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

template <DescribedEnum E>
std::string_view enum_text(E value) {
    std::string_view text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
        if (one.value == value) text = enumerator_text(one.name);
    });
    return text;
}

template <DescribedEnum E>
std::optional<E> enum_from_text(std::string_view text) {
    std::optional<E> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
        if (enumerator_text(one.name) == text) value = one.value;
    });
    return value;
}

/// A type's name with its namespaces, as the compiler spells it.
template <class T>
std::string_view qualified_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("T = ") + 4);
    return text.substr(0, text.size() - 1);
}

}  // namespace ae::api
