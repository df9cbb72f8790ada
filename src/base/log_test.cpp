#include "base/log.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmath>
#include <thread>

#include <gmock/gmock.h>
#include <boost/json.hpp>

namespace ae::log {
namespace {

/// Lines go to a file in memory; afterwards to standard error again.
class LogTest : public testing::Test {
  protected:
    void SetUp() override { descriptor_ = memfd_create("log", 0); }
    void TearDown() override {
        configure(Level::info, Form::automatic);
        ::close(descriptor_);
    }
    int descriptor() const { return descriptor_; }
    std::vector<std::string> lines() const {
        std::string text(static_cast<std::size_t>(::lseek(descriptor_, 0, SEEK_END)), '\0');
        EXPECT_EQ(::pread(descriptor_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
        std::vector<std::string> out;
        std::size_t at = 0;
        for (auto end = text.find('\n'); end != std::string::npos; at = end + 1, end = text.find('\n', at)) out.push_back(text.substr(at, end - at));
        EXPECT_EQ(at, text.size()) << "a line has no end";
        return out;
    }

  private:
    int descriptor_ = -1;
};

struct StreamTag;

TEST_F(LogTest, WritesOneJsonObjectALineWithItsKeysInOrder) {
    configure(Level::debug, Form::json, descriptor());
    info("stream.started", {{"stream", Id<StreamTag>{"abc"}}, {"took_ms", 12}, {"ratio", 0.5}, {"live", true}, {"title", "a \"b\"\n"}});
    ASSERT_EQ(lines().size(), 1u);
    const auto line = boost::json::parse(lines()[0]).as_object();
    EXPECT_EQ(line.at("level"), "info");
    EXPECT_EQ(line.at("took_ms"), 12);
    EXPECT_EQ(line.at("title"), "a \"b\"\n");
    std::vector<std::string> keys;
    for (const auto& member : line) keys.emplace_back(member.key());
    EXPECT_THAT(keys, testing::ElementsAre("time", "level", "event", "stream", "took_ms", "ratio", "live", "title"));
    EXPECT_THAT(lines()[0],
                testing::EndsWith(R"("event":"stream.started","stream":"abc","took_ms":12,"ratio":0.5,"live":true,"title":"a \"b\"\n"})"));
    EXPECT_EQ(from_rfc3339(std::string_view{line.at("time").as_string()}).has_value(), true);
}

TEST_F(LogTest, StaysValidJsonForNumbersJsonDoesNotKnow) {
    configure(Level::info, Form::json, descriptor());
    info("odd", {{"a", std::nan("")}, {"b", -INFINITY}});
    EXPECT_THAT(lines()[0], testing::EndsWith(R"("a":null,"b":null})"));
}

TEST_F(LogTest, KeepsSilentBelowItsLevel) {
    configure(Level::warn, Form::json, descriptor());
    debug("no");
    info("no");
    warn("yes");
    error("yes");
    EXPECT_EQ(lines().size(), 2u);
}

TEST_F(LogTest, AlignsTextAndQuotesWhatNeedsIt) {
    configure(Level::info, Form::text, descriptor());
    warn("disk.low", {{"path", "/data"}, {"free", 12}, {"note", "two words"}, {"empty", ""}, {"forged", "x\x1b[2J\nlevel=error"}});
    ASSERT_EQ(lines().size(), 1u);
    EXPECT_THAT(lines()[0].substr(12), testing::Eq(" warn  disk.low                     path=/data free=12 note=\"two words\" empty=\"\" "
                                                   "forged=\"x\\u001b[2J\\nlevel=error\""));
}

TEST_F(LogTest, UsesJsonAndNoColourWhereThereIsNoTerminal) {
    configure(Level::info, Form::automatic, descriptor());
    info("plain");
    configure(Level::info, Form::text, descriptor());
    info("plain");
    EXPECT_EQ(lines()[0][0], '{');
    EXPECT_EQ(lines()[1].find('\x1b'), std::string::npos);
}

TEST_F(LogTest, ColoursOnATerminalWithoutLettingAFieldDoSo) {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_EQ(::grantpt(terminal), 0);
    ASSERT_EQ(::unlockpt(terminal), 0);
    const int screen = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY);
    ASSERT_GE(screen, 0);
    configure(Level::info, Form::automatic, screen);
    error("event\x1b", {{"field", "\x1b[2J"}});
    char text[512];
    const auto length = ::read(terminal, text, sizeof text);
    ASSERT_GT(length, 0);
    const std::string_view line{text, static_cast<std::size_t>(length)};
    EXPECT_NE(line.find("\x1b[31merror\x1b[0m"), std::string_view::npos);
    EXPECT_NE(line.find("event\\u001b"), std::string_view::npos);
    EXPECT_EQ(line.find("\x1b[2J"), std::string_view::npos);
    ::close(screen);
    ::close(terminal);
}

TEST_F(LogTest, DoesNotMixTheLinesOfThreads) {
    configure(Level::info, Form::json, descriptor());
    std::vector<std::thread> threads;
    for (char name = 'a'; name < 'e'; ++name) {
        threads.emplace_back([name] {
            for (int i = 0; i < 200; ++i) info("long", {{"text", std::string(300, name)}});
        });
    }
    for (auto& thread : threads) thread.join();
    const auto all = lines();
    EXPECT_EQ(all.size(), 800u);
    for (const auto& line : all) {
        const auto parsed = boost::json::parse(line).as_object();
        const std::string text{parsed.at("text").as_string()};
        EXPECT_EQ(text, std::string(300, text[0]));
    }
}

}  // namespace
}  // namespace ae::log
