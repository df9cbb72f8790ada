// The command line: what was asked, as a value. CLI11 is in the one .cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/config.hpp"

namespace ae::app {

enum class Command {
    serve,
    channel_create,
    channel_list,
    channel_show,
    channel_delete,
    channel_rotate_key,
    mail_test,
    user_create,
    user_promote,
    user_disable,
    user_enable,
    user_reset_password,
    config_check,
    config_print,
    config_docs,
    openapi,
    version,
};

struct CommandLine {
    Command command = Command::serve;
    /// The TOML file named by --config; absent: /etc/aethex/aethex.toml where there is one.
    std::optional<std::string> config_file;
    /// `room.field` -> value, from flags such as --http.listen.
    std::map<std::string, std::string> flags;
    /// Answers as JSON for programs.
    bool json = false;
    // channel ...
    std::string name;
    std::string slug;
    // mail ...
    std::string to;
    // user ...
    std::string user;
    std::string email;
    std::string username;
    std::string role;
};

/// What came of parsing: a command to run, or text to print and an exit code (help, wrong use).
struct ParsedCommandLine {
    std::optional<CommandLine> command;
    std::string text;
    int exit_code = 0;
};

/// `sections` give the flags their names and help.
ParsedCommandLine parse_command_line(int argc, char** argv, const std::vector<config::Section>& sections);

}  // namespace ae::app
