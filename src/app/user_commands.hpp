// What an operator can tell the server about accounts.
#pragma once

#include "accounts/overseer.hpp"
#include "app/admin_socket.hpp"

namespace ae::app {

/// `user.create {email, username, role}`, `user.promote {user, role}`, `user.disable {user}`, `user.enable {user}`, `user.reset_password {user}`. A user is
/// an id, a username or an e-mail address. Answers are objects for programs; passwords are in those of create and reset_password alone.
/// `overseer` outlives the commands.
AdminCommands user_commands(accounts::Overseer& overseer);

}  // namespace ae::app
