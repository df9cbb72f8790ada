// JSON Schema (2020-12, as OpenAPI 3.1 has it) of described types.
#pragma once

#include <map>
#include <string>

#include <boost/json/value.hpp>

#include "net/api/described.hpp"
#include "net/api/json_read.hpp"
#include "net/api/page.hpp"

namespace ae::api {

/// Which way a value travels: an answer has every member (null where there is nothing), a body may leave optional ones out.
enum class Travels { in, out };

/// The named schemas that a document refers to: one per described struct, by its name without namespaces.
class SchemaBook {
  public:
    /// For what is described from here on.
    void travels(Travels way) { way_ = way; }
    /// A reference to the type's schema; describes it at the first call. Two types of one name fail a check.
    template <class T>
    boost::json::value schema() {
        if constexpr (IsOptional<T>::value) {
            return nullable(schema<typename T::value_type>());
        } else if constexpr (std::is_same_v<T, bool>) {
            return {{"type", "boolean"}};
        } else if constexpr (std::is_integral_v<T>) {
            return {{"type", "integer"}, {"format", sizeof(T) > 4 ? "int64" : "int32"}};
        } else if constexpr (std::is_floating_point_v<T>) {
            return {{"type", "number"}, {"format", "double"}};
        } else if constexpr (std::is_same_v<T, LongNumber>) {
            return {{"type", "string"}, {"pattern", "^-?[0-9]{1,19}$"}};
        } else if constexpr (std::is_same_v<T, WallTime>) {
            return {{"type", "string"}, {"format", "date-time"}};
        } else if constexpr (IsId<T>::value) {
            return {{"type", "string"}, {"pattern", "^[0-9a-hjkmnp-tv-z]{26}$"}};
        } else if constexpr (std::is_same_v<T, RawJson>) {
            return boost::json::object{};
        } else if constexpr (IsVector<T>::value) {
            return {{"type", "array"}, {"items", schema<typename T::value_type>()}};
        } else if constexpr (IsTextMap<T>::value) {
            return {{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>()}};
        } else if constexpr (DescribedEnum<T>) {
            return enum_schema<T>();
        } else if constexpr (IsPage<T>::value) {
            return page_schema(schema<typename T::Item>());
        } else if constexpr (DescribedStruct<T>) {
            return struct_reference<T>();
        } else {
            static_assert(std::is_convertible_v<const T&, std::string_view>, "this type has no schema: describe it (BOOST_DESCRIBE_STRUCT)");
            return {{"type", "string"}};
        }
    }

    /// A member's schema with what its rule says.
    template <class Owner, class Member>
    boost::json::value member_schema(std::string_view name) {
        return with_rule(schema<Member>(), rules_of<Owner>().find(name));
    }

    const std::map<std::string, boost::json::value>& schemas() const { return schemas_; }

  private:
    static boost::json::value nullable(boost::json::value schema);
    static boost::json::value page_schema(boost::json::value items);
    static boost::json::value with_rule(boost::json::value schema, const FieldRule* rule);
    /// Answers the short name; true when it is new.
    std::pair<std::string, bool> enter(std::string_view qualified);
    /// A struct with optional members is another thing in a body than in an answer: it needs two types.
    void check_way(const std::string& name) const;

    template <class T>
    static boost::json::value enum_schema() {
        boost::json::array names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto one) { names.emplace_back(boost::json::string_view{enumerator_text(one.name).data(), enumerator_text(one.name).size()}); });
        return {{"type", "string"}, {"enum", std::move(names)}};
    }

    template <class T>
    boost::json::value struct_reference() {
        const auto [name, fresh] = enter(qualified_name<T>());
        if (!fresh) {
            check_way(name);
        } else {
            boost::json::object properties;
            boost::json::array required;
            bool has_optional = false;
            each_member<T>([&](std::string_view member, auto pointer) {
                using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
                const boost::json::string_view key{member.data(), member.size()};
                properties[key] = member_schema<T, Member>(member);
                if (way_ == Travels::out || !IsOptional<Member>::value) required.emplace_back(key);
                has_optional = has_optional || IsOptional<Member>::value;
            });
            if (has_optional) one_way_[name] = way_;
            boost::json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
            if (!required.empty()) schema["required"] = std::move(required);
            schemas_[name] = std::move(schema);
        }
        return {{"$ref", "#/components/schemas/" + name}};
    }

    std::map<std::string, boost::json::value> schemas_;
    std::map<std::string, std::string> qualified_;
    std::map<std::string, Travels> one_way_;
    Travels way_ = Travels::out;
};

}  // namespace ae::api
