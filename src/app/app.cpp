#include "app/app.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "app/account_ports.hpp"
#include "app/command_line.hpp"
#include "app/serve.hpp"
#include "app/user_commands.hpp"
#include "app/wiring.hpp"
#include "base/log.hpp"
#include "io/run_blocking.hpp"

extern char** environ;

namespace ae::app {

namespace {

constexpr const char* kUsualConfigFile = "/etc/aethex/aethex.toml";
constexpr std::string_view kVersion = AETHEX_VERSION;

std::map<std::string, std::string> environment() {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        const auto equals = text.find('=');
        if (text.starts_with("AETHEX_") && equals != std::string_view::npos) all.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

std::optional<std::string> read_file_blocking(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// All that is wrong, one sentence each.
std::vector<std::string> load(std::vector<config::Section>& sections, const CommandLine& line) {
    config::Sources sources;
    sources.toml_name = line.config_file.value_or(kUsualConfigFile);
    sources.toml = read_file_blocking(sources.toml_name);
    if (line.config_file && !sources.toml) return {fmt::format("The configuration file {} cannot be read.", sources.toml_name)};
    sources.environment = environment();
    sources.flags = line.flags;
    return config::load(sections, sources);
}

void configure_log(const LogConfig& config) {
    const std::map<std::string_view, log::Level> levels{
        {"debug", log::Level::debug}, {"info", log::Level::info}, {"warn", log::Level::warn}, {"error", log::Level::error}};
    const std::map<std::string_view, log::Form> forms{{"auto", log::Form::automatic}, {"json", log::Form::json}, {"text", log::Form::text}};
    log::configure(levels.at(config.level), forms.at(config.form));
}

std::string_view admin_name(Command command) {
    switch (command) {
        case Command::channel_create: return "channel.create";
        case Command::channel_list: return "channel.list";
        case Command::channel_show: return "channel.show";
        case Command::channel_delete: return "channel.delete";
        case Command::mail_test: return "mail.test";
        case Command::user_create: return "user.create";
        case Command::user_promote: return "user.promote";
        case Command::user_disable: return "user.disable";
        case Command::user_enable: return "user.enable";
        case Command::user_reset_password: return "user.reset_password";
        default: return "channel.rotate_key";
    }
}

io::Task<> nobody_publishes(channels::ChannelId, std::string) { co_return; }

/// No server runs: the command line takes the data directory's lock and does it itself.
Result<boost::json::object> run_alone_blocking(const AppConfig& config, std::string name, boost::json::object arguments) {
    auto ground = Ground::open_blocking(config);
    if (!ground) return ground.error();
    const auto ingest = config.site.ingest_url.empty() ? "rtmp://127.0.0.1:1935/" + config.rtmp.app : config.site.ingest_url;
    LoneAccounts accounts{(*ground)->db(), (*ground)->clock(), (*ground)->random(), config.accounts};
    auto commands = admin_commands({(*ground)->channels(), (*ground)->stream_keys(), ingest, nobody_publishes});
    commands.merge(user_commands((*accounts).overseer));

    return io::run_blocking(run_admin_command(commands, std::move(name), std::move(arguments)));
}

/// For a person: one line a member, names aligned.
void print_object(const boost::json::object& object) {
    for (const auto& member : object) {
        const auto& value = member.value();
        const std::string text = value.is_string() ? std::string{value.as_string()} : boost::json::serialize(value);
        fmt::print("{:<12} {}\n", std::string_view{member.key()}, text);
    }
}

int administer(const AppConfig& config, const CommandLine& line) {
    const std::string name{admin_name(line.command)};
    const boost::json::object arguments{{"name", line.name},   {"slug", line.slug},         {"to", line.to},    {"user", line.user},
                                        {"email", line.email}, {"username", line.username}, {"role", line.role}};
    auto asked = ask_running_server_blocking(std::filesystem::path{config.server.data} / "admin.sock", name, arguments);
    const auto answer = asked ? std::move(*asked) : run_alone_blocking(config, name, arguments);
    if (!answer) {
        fmt::print(stderr, "aethex: {} ({})\n", answer.error().detail, answer.error().reason);
        return 1;
    }
    if (line.json) fmt::print("{}\n", boost::json::serialize(*answer));
    else print_object(*answer);
    return 0;
}

int run_command(AppConfig& config, std::vector<config::Section>& sections, const CommandLine& line) {
    if (line.command == Command::version) return fmt::print("aethex {}\n", kVersion), 0;
    // Before anything is loaded: these speak of defaults.
    if (line.command == Command::config_docs) return fmt::print("{}", config::docs(sections)), 0;
    if (line.command == Command::openapi) return fmt::print("{}\n", openapi_document(config)), 0;

    const auto wrong = load(sections, line);
    for (const auto& sentence : wrong) fmt::print(stderr, "aethex: {}\n", sentence);
    if (!wrong.empty()) return 2;
    if (const auto sound = check(config); !sound) return fmt::print(stderr, "aethex: {}\n", sound.error().detail), 2;
    if (line.command == Command::config_check) return fmt::print("The configuration is in order.\n"), 0;
    if (line.command == Command::config_print) return fmt::print("{}", config::print(sections)), 0;

    configure_log(config.log);
    return line.command == Command::serve ? serve(config) : administer(config, line);
}

}  // namespace

int run(int argc, char** argv) {
    AppConfig config;
    auto sections = config.sections();
    const auto parsed = parse_command_line(argc, argv, sections);
    if (!parsed.command) {
        fmt::print(parsed.exit_code == 0 ? stdout : stderr, "{}", parsed.text);
        return parsed.exit_code;
    }
    try {
        return run_command(config, sections, *parsed.command);
    } catch (const std::exception& broken) {
        fmt::print(stderr, "aethex: {}\n", broken.what());
        return 1;
    }
}

}  // namespace ae::app
