// Routes that take a form with files (multipart/form-data).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http/message.hpp"
#include "net/http/multipart.hpp"

namespace ae::api {

/// One field of a form, for the API page; a form that has others is refused.
struct FormField {
    std::string_view name;
    bool file = false;
    bool required = false;
    std::string_view says = {};
};

/// A form's fields, each at most once.
class Form {
  public:
    Form() = default;
    explicit Form(std::vector<http::FormPart> parts) : parts_(std::move(parts)) {}
    /// Null: it was not sent.
    const http::FormPart* find(std::string_view name) const;
    /// The content of a field; empty when it was not sent.
    std::string_view text(std::string_view name) const;

  private:
    std::vector<http::FormPart> parts_;
};

/// The fields of a request's body. Refuses `content_type_not_form`, `form_invalid` (malformed, or a field twice, unknown or missing), `form_too_large`.
Result<Form> read_form(const http::Request& request, const std::vector<FormField>& fields);
/// 415 for a wrong type, else by the kind.
http::Response form_refusal(const Error& error, std::string_view instance);

}  // namespace ae::api
