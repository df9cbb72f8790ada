#include "base/config.hpp"

#include <unistd.h>
#include <fstream>

#include <gmock/gmock.h>

namespace ae::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Settings {
    std::string listen = "127.0.0.1:8080";
    bool compress = true;
    std::int64_t most_connections = 1000;
    double ratio = 0.5;
    Duration idle = std::chrono::seconds{60};
    ByteSize most_body{1 << 20};
    Secret key;
    std::vector<std::string> proxies = {"127.0.0.1"};
    std::string mode = "fast";
    std::string certificate_file = "";
};

std::vector<Section> sections(Settings& s) {
    Section http{"http", "The web server."};
    http.field("listen", &s.listen, "Where it listens.");
    http.field("compress", &s.compress, "Whether answers are compressed.");
    http.field("most_connections", &s.most_connections, "How many at once.").least = 1;
    auto& ratio = http.field("ratio", &s.ratio, "A share.");
    ratio.least = 0;
    ratio.most = 1;
    auto& idle = http.field("idle", &s.idle, "How long a quiet connection is kept.");
    idle.least = 0.5;
    idle.most = 3600;
    http.field("most_body", &s.most_body, "The largest body.").most = 1 << 30;
    http.field("key", &s.key, "What signs tokens.");
    http.field("trusted_proxies", &s.proxies, "Who may say where a request came from.").most = 3;
    http.field("mode", &s.mode, "How | it works.").choices = {"fast", "careful"};
    http.field("certificate_file", &s.certificate_file, "Where the certificate is.");
    return {http, Section{"site", "What visitors see."}};
}

std::vector<std::string> load_toml(Settings& s, std::string toml) {
    auto all = sections(s);
    return load(all, Sources{.toml = std::move(toml), .toml_name = "a.toml"});
}
std::vector<std::string> load_environment(Settings& s, std::map<std::string, std::string> environment) {
    auto all = sections(s);
    return load(all, Sources{.environment = std::move(environment)});
}

TEST(Config, ReadsEveryKindFromToml) {
    Settings s;
    EXPECT_THAT(load_toml(s, R"(
        [http]
        listen = "0.0.0.0:80"
        compress = false
        most_connections = 5
        ratio = 1
        idle = "750ms"
        most_body = "64 KB"
        key = "hush"
        trusted_proxies = ["10.0.0.1", "10.0.0.2"]
        mode = "careful"
        [site])"),
                IsEmpty());
    EXPECT_EQ(s.listen, "0.0.0.0:80");
    EXPECT_FALSE(s.compress);
    EXPECT_EQ(s.most_connections, 5);
    EXPECT_EQ(s.ratio, 1.0);
    EXPECT_EQ(s.idle, std::chrono::milliseconds{750});
    EXPECT_EQ(s.most_body.bytes, 65'536u);
    EXPECT_EQ(s.key.reveal(), "hush");
    EXPECT_THAT(s.proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
    EXPECT_EQ(s.mode, "careful");
}

TEST(Config, ReadsEveryKindFromTheEnvironment) {
    Settings s;
    EXPECT_THAT(load_environment(s, {{"AETHEX_HTTP__LISTEN", "a, b"},
                                     {"AETHEX_HTTP__COMPRESS", "no"},
                                     {"AETHEX_HTTP__MOST_CONNECTIONS", "7"},
                                     {"AETHEX_HTTP__RATIO", "0.25"},
                                     {"AETHEX_HTTP__IDLE", "1h"},
                                     {"AETHEX_HTTP__MOST_BODY", "2MB"},
                                     {"AETHEX_HTTP__KEY", "hush"},
                                     {"AETHEX_HTTP__TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2,"},
                                     {"AETHEX_HOME", "/not/configuration"},
                                     {"PATH", "/bin"}}),
                IsEmpty());
    EXPECT_EQ(s.listen, "a, b");
    EXPECT_FALSE(s.compress);
    EXPECT_EQ(s.most_connections, 7);
    EXPECT_EQ(s.ratio, 0.25);
    EXPECT_EQ(s.idle, std::chrono::hours{1});
    EXPECT_EQ(s.most_body.bytes, 2u << 20);
    EXPECT_EQ(s.key.reveal(), "hush");
    EXPECT_THAT(s.proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
}

TEST(Config, LetsTheLaterSourceWin) {
    Settings s;
    auto all = sections(s);
    Sources sources{.toml = "[http]\nlisten = \"file\"\nmode = \"careful\"\nmost_connections = 2\n", .toml_name = "a.toml"};
    sources.environment = {{"AETHEX_HTTP__LISTEN", "environment"}, {"AETHEX_HTTP__MOST_CONNECTIONS", "3"}};
    sources.flags = {{"http.listen", "flag"}};
    EXPECT_THAT(load(all, sources), IsEmpty());
    EXPECT_EQ(s.listen, "flag");
    EXPECT_EQ(s.most_connections, 3);
    EXPECT_EQ(s.mode, "careful");
    EXPECT_TRUE(s.compress);
}

TEST(Config, ReportsEverythingThatIsWrongAtOnce) {
    Settings s;
    auto all = sections(s);
    Sources sources{.toml = "stray = 1\n[http]\nlisten = 8080\nmode = \"fats\"\nlisen = \"x\"\n[htp]\nlisten = \"x\"\n", .toml_name = "a.toml"};
    sources.environment = {{"AETHEX_HTTP__IDLE", "6 parsecs"}, {"AETHEX_HTPP__IDLE", "6s"}, {"AETHEX_HTTP__IDEL", "6s"}};
    sources.flags = {{"http.ratio", "2"}, {"nonsense", "1"}};
    EXPECT_THAT(
        load(all, sources),
        testing::UnorderedElementsAre(
            "a.toml line 1: stray stands outside any section.", "a.toml line 3: http.listen wants text, not 8080.",
            "a.toml line 4: http.mode must be one of fast, careful, not \"fats\".", "a.toml line 5: unknown key http.lisen; did you mean listen?",
            "a.toml line 7: unknown section htp; did you mean http?", "environment AETHEX_HTPP__IDLE: unknown section htpp; did you mean http?",
            "environment AETHEX_HTTP__IDEL: unknown key http.idel; did you mean idle?",
            "environment AETHEX_HTTP__IDLE: http.idle wants a duration such as \"250ms\", \"6s\", \"2m\" or \"1h\", not \"6 parsecs\".",
            "--http.ratio: http.ratio must be at most 1, not \"2\".", "--nonsense: unknown section nonsense."));
}

TEST(Config, SaysWhereTomlItselfIsBroken) {
    Settings s;
    EXPECT_THAT(load_toml(s, "[http]\nlisten = \"never closed\n"), ElementsAre(HasSubstr("a.toml line 2: ")));
    EXPECT_THAT(load_toml(s, "[http]\nmode = \"fast\"\nmode = \"fast\"\n"), ElementsAre(HasSubstr("a.toml line 3: ")));
}

TEST(Config, KeepsToTheBounds) {
    const std::pair<const char*, const char*> table[] = {
        {"idle = \"499ms\"", "at least 500ms"}, {"idle = \"61m\"", "at most 1h"}, {"most_body = \"2 GB\"", "at most 1 GB"},
        {"most_connections = 0", "at least 1"}, {"ratio = -0.1", "at least 0"},   {"trusted_proxies = [\"a\", \"b\", \"c\", \"d\"]", "at most 3"},
    };
    for (const auto& [line, expected] : table) {
        Settings s;
        EXPECT_THAT(load_toml(s, std::string{"[http]\n"} + line), ElementsAre(HasSubstr(expected))) << line;
        EXPECT_EQ(s.most_connections, 1000);
    }
}

TEST(Config, RefusesValuesOfAnotherKind) {
    for (const char* line :
         {"listen = true", "listen = [\"a\"]", "compress = 1", "compress = \"true\"", "most_connections = 1.5", "most_connections = \"5\"",
          "idle = 5", "idle = \"5\"", "idle = \"-5s\"", "idle = \"9999999999d\"", "most_body = -1", "most_body = \"5 apples\"",
          "trusted_proxies = \"a\"", "trusted_proxies = [1]", "key = 5", "ratio = 1979-05-27", "listen.host = \"x\""}) {
        Settings s;
        EXPECT_EQ(load_toml(s, std::string{"[http]\n"} + line).size(), 1u) << line;
    }
    for (const auto& [name, value] : std::map<std::string, std::string>{{"AETHEX_HTTP__COMPRESS", "maybe"},
                                                                        {"AETHEX_HTTP__MOST_CONNECTIONS", "5x"},
                                                                        {"AETHEX_HTTP__MOST_CONNECTIONS_", "5"},
                                                                        {"AETHEX_HTTP__RATIO", ""},
                                                                        {"AETHEX___", "x"}}) {
        Settings s;
        EXPECT_EQ(load_environment(s, {{name, value}}).size(), 1u) << name;
    }
}

TEST(Config, NeverRepeatsASecretInAMessage) {
    Settings s;
    EXPECT_THAT(load_toml(s, "[http]\nkey = 271828\n"), ElementsAre(AllOf(HasSubstr("http.key"), testing::Not(HasSubstr("271828")))));
}

/// A file that goes with the test.
class ValueFile {
  public:
    explicit ValueFile(std::string_view text) : path_(testing::TempDir() + "config_value_" + std::to_string(::getpid())) {
        std::ofstream{path_} << text;
    }
    ~ValueFile() { ::unlink(path_.c_str()); }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

TEST(Config, ReadsAValueFromTheFileThatTheEnvironmentNames) {
    const ValueFile file{"hush\n"};
    Settings s;
    EXPECT_THAT(load_environment(s, {{"AETHEX_HTTP__KEY_FILE", file.path()}}), IsEmpty());
    EXPECT_EQ(s.key.reveal(), "hush");
    EXPECT_THAT(load_environment(s, {{"AETHEX_HTTP__KEY_FILE", file.path() + ".not"}}), ElementsAre(HasSubstr("cannot read")));
    EXPECT_THAT(load_environment(s, {{"AETHEX_HTTP__KEY_FILE", file.path()}, {"AETHEX_HTTP__KEY", "x"}}),
                ElementsAre("environment AETHEX_HTTP__KEY_FILE: AETHEX_HTTP__KEY is set too; keep one of them."));
}

TEST(Config, TakesAFieldWhoseNameEndsInFileAtItsWord) {
    Settings s;
    EXPECT_THAT(load_environment(s, {{"AETHEX_HTTP__CERTIFICATE_FILE", "/etc/cert.pem"}}), IsEmpty());
    EXPECT_EQ(s.certificate_file, "/etc/cert.pem");
}

TEST(Config, PrintsTomlThatLoadsToTheSameAndMasksSecrets) {
    Settings first;
    EXPECT_THAT(
        load_toml(first, "[http]\nlisten = 'a\"\\b'\nidle = \"90s\"\nmost_body = 1500\nratio = 0.125\nkey = \"hush\"\ntrusted_proxies = []\n"),
        IsEmpty());
    const auto printed = print(sections(first));
    EXPECT_THAT(printed, AllOf(HasSubstr("[http]\n"), HasSubstr("\n[site]\n"), HasSubstr("key = \"********\"\n"), HasSubstr("idle = \"90s\"\n"),
                               HasSubstr("most_body = \"1500 B\"\n"), HasSubstr("trusted_proxies = []\n"), HasSubstr("compress = true\n")));
    EXPECT_THAT(printed, testing::Not(HasSubstr("hush")));

    Settings second;
    EXPECT_THAT(load_toml(second, printed), IsEmpty());
    EXPECT_EQ(second.listen, first.listen);
    EXPECT_EQ(second.idle, first.idle);
    EXPECT_EQ(second.most_body, first.most_body);
    EXPECT_EQ(second.proxies, first.proxies);
    EXPECT_EQ(print(sections(second)), printed);

    Settings unset;
    EXPECT_THAT(print(sections(unset)), HasSubstr("key = \"\"\n"));
}

TEST(Config, DocumentsEveryKeyInATable) {
    Settings s;
    const auto page = docs(sections(s));
    EXPECT_THAT(page, HasSubstr("## [http]\n\nThe web server.\n\n| key | kind | default | environment | what it is |\n"));
    EXPECT_THAT(
        page,
        HasSubstr("| `idle` | duration | `1m` | `AETHEX_HTTP__IDLE` | How long a quiet connection is kept. At least 0.5 s. At most 3600 s. |\n"));
    EXPECT_THAT(page, HasSubstr("| `mode` | text | `fast` | `AETHEX_HTTP__MODE` | How \\| it works. One of `fast`, `careful`. |\n"));
    EXPECT_THAT(page, HasSubstr("| `key` | secret |  | `AETHEX_HTTP__KEY` |"));
}

}  // namespace
}  // namespace ae::config
