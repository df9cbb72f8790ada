#include "app/user_commands.hpp"

#include <boost/json/object.hpp>

namespace ae::app {

namespace {

namespace json = boost::json;
using Answer = Result<json::object>;

std::string text_of(const json::object& arguments, std::string_view name) {
    const auto* value = arguments.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{};
}

json::object user_object(const accounts::User& user) {
    return {{"id", user.id.str()},
            {"username", user.username.value_or("")},
            {"email", user.email},
            {"role", json::string{accounts::word_of(user.role)}},
            {"disabled", user.disabled_at.has_value()}};
}

/// The password goes to the operator who asked on a socket only the operator can open.
json::object with_password(const accounts::CreatedAccount& made) {
    auto object = user_object(made.user);
    object["password"] = made.password.reveal();
    return object;
}

Result<accounts::Role> role_in(const json::object& arguments) {
    if (const auto role = accounts::role_of(text_of(arguments, "role"))) return *role;
    return Error{Errc::invalid, "role_unknown", "A role is viewer, creator, moderator or admin."};
}

// The overseer outlives the commands, here and below.
io::Task<Answer> create(accounts::Overseer& overseer, json::object arguments) {
    const auto role = role_in(arguments);
    if (!role) co_return role.error();
    const auto made = co_await overseer.create(text_of(arguments, "email"), text_of(arguments, "username"), *role);
    if (!made) co_return made.error();
    co_return with_password(*made);
}

io::Task<Answer> promote(accounts::Overseer& overseer, json::object arguments) {
    const auto role = role_in(arguments);
    if (!role) co_return role.error();
    const auto user = co_await overseer.set_role(text_of(arguments, "user"), *role, {});
    if (!user) co_return user.error();
    co_return user_object(*user);
}

io::Task<Answer> disable(accounts::Overseer& overseer, json::object arguments) {
    const auto user = co_await overseer.set_disabled(text_of(arguments, "user"), true, {});
    if (!user) co_return user.error();
    co_return user_object(*user);
}

io::Task<Answer> enable(accounts::Overseer& overseer, json::object arguments) {
    const auto user = co_await overseer.set_disabled(text_of(arguments, "user"), false, {});
    if (!user) co_return user.error();
    co_return user_object(*user);
}

io::Task<Answer> reset_password(accounts::Overseer& overseer, json::object arguments) {
    const auto made = co_await overseer.reset_password(text_of(arguments, "user"), {});
    if (!made) co_return made.error();
    co_return with_password(*made);
}

}  // namespace

AdminCommands user_commands(accounts::Overseer& overseer) {
    const auto with = [&overseer](io::Task<Answer> (*command)(accounts::Overseer&, json::object)) {
        return [&overseer, command](json::object arguments) { return command(overseer, std::move(arguments)); };
    };
    return {
        {"user.create", with(create)},
        {"user.promote", with(promote)},
        {"user.disable", with(disable)},
        {"user.enable", with(enable)},
        {"user.reset_password", with(reset_password)},
    };
}

}  // namespace ae::app
