#include "app/command_line.hpp"

#include <functional>
#include <sstream>

#include <CLI/CLI.hpp>

namespace ae::app {

namespace {

/// One flag a configuration field; an empty text means "not given".
void add_config_flags(CLI::App& app, const std::vector<config::Section>& sections, std::map<std::string, std::string>& flags) {
    for (const auto& section : sections) {
        for (const auto& field : section.fields()) {
            const std::string key = section.name() + "." + field.name;
            auto* option =
                app.add_option_function<std::string>("--" + key, [key, &flags](const std::string& value) { flags[key] = value; }, field.help);
            option->group("Settings of [" + section.name() + "]");
            option->type_name("VALUE");
        }
    }
}

void add_user_commands(CLI::App& app, CommandLine& line, const std::function<void(CLI::App*, Command)>& on) {
    auto* user = app.add_subcommand("user", "Make accounts, give them roles, disable them.");
    user->require_subcommand(1);
    const std::vector<std::string> roles{"viewer", "creator", "moderator", "admin"};
    auto* create = user->add_subcommand("create", "Make an account and print its password.");
    create->add_option("EMAIL", line.email, "Its e-mail address, which counts as verified.")->required();
    create->add_option("--username", line.username, "2 to 32 of a-z, 0-9, _ and .")->required();
    create->add_option("--role", line.role, "viewer, creator, moderator or admin; viewer unless told.")->check(CLI::IsMember(roles));
    on(create, Command::user_create);
    const auto add = [&](const char* name, const char* help, Command what) {
        auto* command = user->add_subcommand(name, help);
        command->add_option("USER", line.user, "An id, a username or an e-mail address.")->required();
        on(command, what);
        return command;
    };
    add("promote", "Give an account a role.", Command::user_promote)
        ->add_option("--role", line.role, "viewer, creator, moderator or admin; admin unless told.")
        ->check(CLI::IsMember(roles));
    add("disable", "Disable an account; its sessions end at once.", Command::user_disable);
    add("enable", "Let a disabled account in again.", Command::user_enable);
    add("reset-password", "Give an account a new password and print it; its sessions end.", Command::user_reset_password);
}

}  // namespace

ParsedCommandLine parse_command_line(int argc, char** argv, const std::vector<config::Section>& sections) {
    ParsedCommandLine parsed;
    CommandLine line;

    CLI::App app{"AeThex LIVE: your own live-streaming platform. `aethex serve` starts it."};
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--config", line.config_file, "The configuration file (TOML); default: /etc/aethex/aethex.toml where there is one.");
    app.add_option_function<std::string>(
        "--data", [&line](const std::string& value) { line.flags["server.data"] = value; }, "The data directory; short for --server.data.");
    app.add_flag("--json", line.json, "Answer as JSON, for programs.");
    add_config_flags(app, sections, line.flags);

    const auto on = [&line](CLI::App* command, Command what) { command->callback([&line, what] { line.command = what; }); };

    on(app.add_subcommand("serve", "Run the server."), Command::serve);

    auto* channel = app.add_subcommand("channel", "Make, list and delete channels.");
    channel->require_subcommand(1);
    auto* create = channel->add_subcommand("create", "Make a channel and print its stream key.");
    create->add_option("NAME", line.name, "What people read.")->required();
    create->add_option("--slug", line.slug, "What stands in its address: 3 to 25 of a-z, 0-9, - and _.")->required();
    on(create, Command::channel_create);
    on(channel->add_subcommand("list", "All channels."), Command::channel_list);
    const auto add_slug_command = [&](const char* name, const char* help, Command what) {
        auto* command = channel->add_subcommand(name, help);
        command->add_option("SLUG", line.slug, "The channel.")->required();
        on(command, what);
    };
    add_slug_command("show", "A channel with its stream key and what it is doing.", Command::channel_show);
    add_slug_command("delete", "Delete a channel; a publisher that uses it is cut off.", Command::channel_delete);
    add_slug_command("rotate-key", "Give a channel a new stream key; the old one stops working at once.", Command::channel_rotate_key);

    add_user_commands(app, line, on);

    auto* mail = app.add_subcommand("mail", "Try the mail settings.");
    mail->require_subcommand(1);
    auto* mail_test = mail->add_subcommand("test", "Send a mail to an address, through the running server.");
    mail_test->add_option("ADDRESS", line.to, "Who gets it.")->required();
    on(mail_test, Command::mail_test);

    auto* config = app.add_subcommand("config", "Check, print or explain the configuration.");
    config->require_subcommand(1);
    on(config->add_subcommand("check", "Say everything that is wrong with it."), Command::config_check);
    on(config->add_subcommand("print", "The settings in force, as TOML; secrets are masked."), Command::config_print);
    on(config->add_subcommand("docs", "Every setting, as a Markdown page."), Command::config_docs);

    on(app.add_subcommand("openapi", "Print the API's OpenAPI document."), Command::openapi);
    on(app.add_subcommand("version", "Print the version."), Command::version);

    try {
        app.parse(argc, argv);
        if (line.role.empty()) line.role = line.command == Command::user_create ? "viewer" : "admin";
        parsed.command = std::move(line);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        const int code = app.exit(error, out, err);
        parsed.text = out.str() + err.str();
        parsed.exit_code = code == 0 ? 0 : 2;
    }
    return parsed;
}

}  // namespace ae::app
