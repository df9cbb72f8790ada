// Lists that continue: a page of items and a cursor to the next, opaque and signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace ae::api {

template <class T>
struct Page {
    using Item = T;
    std::vector<T> items;
    /// For `cursor` of the next request; absent at the end.
    std::optional<std::string> next;
};

template <class T>
struct IsPage : std::false_type {};
template <class T>
struct IsPage<Page<T>> : std::true_type {};

/// Makes cursors out of keys to continue from. A client cannot read meaning into one or make one up: it is signed, and bound to the list it came from.
class Cursors {
  public:
    explicit Cursors(Secret key) : key_(std::move(key)) {}
    std::string seal(std::string_view list, std::string_view position) const;
    /// Refuses `cursor_invalid`.
    Result<std::string> open(std::string_view list, std::string_view cursor) const;

  private:
    std::string signature(std::string_view list, std::string_view position) const;
    Secret key_;
};

}  // namespace ae::api
