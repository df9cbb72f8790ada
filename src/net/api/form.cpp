#include "net/api/form.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "net/http/problem.hpp"

namespace ae::api {

namespace {

Error invalid(std::string detail) { return {Errc::unprocessable, "form_invalid", std::move(detail)}; }

Result<void> check_fields(const std::vector<http::FormPart>& parts, const std::vector<FormField>& fields) {
    for (const auto& part : parts) {
        const auto same = [&](const auto& other) { return other.name == part.name; };
        const auto known = std::ranges::find_if(fields, same);
        if (known == fields.end()) return invalid(fmt::format("The field {} is not known here.", part.name.substr(0, 40)));
        if (std::ranges::count_if(parts, same) > 1) return invalid(fmt::format("The field {} is there twice.", known->name));
    }
    for (const auto& field : fields) {
        const bool sent = std::ranges::any_of(parts, [&](const auto& part) { return part.name == field.name; });
        if (field.required && !sent) return invalid(fmt::format("The field {} is missing.", field.name));
    }
    return {};
}

}  // namespace

const http::FormPart* Form::find(std::string_view name) const {
    const auto found = std::ranges::find_if(parts_, [&](const auto& part) { return part.name == name; });
    return found == parts_.end() ? nullptr : &*found;
}

std::string_view Form::text(std::string_view name) const {
    const auto* part = find(name);
    return part == nullptr ? std::string_view{} : std::string_view{part->content};
}

Result<Form> read_form(const http::Request& request, const std::vector<FormField>& fields) {
    const auto boundary = http::form_boundary(request.headers.get("content-type"));
    if (!boundary) return Error{Errc::invalid, "content_type_not_form", "Send the body as multipart/form-data with a boundary."};
    // The route's body limit has cut off more already.
    http::MultipartReader reader{*boundary, {.content_bytes = request.body.size()}};
    const auto state = reader.feed(request.body);
    if (state == http::MultipartReader::State::too_large)
        return Error{Errc::too_large, "form_too_large", "The form has too many fields, or too long heads."};
    if (state != http::MultipartReader::State::complete) return invalid("The body is no complete form.");
    auto parts = reader.take_parts();
    if (auto checked = check_fields(parts, fields); !checked) return checked.error();
    return Form{std::move(parts)};
}

http::Response form_refusal(const Error& error, std::string_view instance) {
    auto problem = http::problem_of(error);
    if (error.reason == "content_type_not_form") problem.status = 415;
    problem.instance = instance;
    return http::problem_response(problem);
}

}  // namespace ae::api
