// Whether somebody has an account here is nobody's business: 200 tries each, of those who are here and of those who are not, give the same answers in the same time.
#include <algorithm>
#include <chrono>

#include "accounts/route_testing.hpp"

namespace ae::accounts {
namespace {

namespace json = boost::json;
using testing::Browser;

constexpr int kTries = 200;
constexpr int kRuns = 4;

class Enumeration : public testing::AccountServer {
  protected:
    void SetUp() override {
        AccountServer::SetUp();
        auto config = testing::cheap_config();
        // A hash costs what a small share of a real one does, so that everything around it counts for more than it would.
        config.password_memory = config::ByteSize{2 * 1024 * 1024};
        serve(config);
        world().mailer.set_delivers(true);
        browser().post("/api/auth/register", {{"email", "ada@mail.test"}, {"password", "correct horse"}});
    }

    using Body = std::function<json::object(const std::string& email)>;
    struct Measured {
        std::set<std::string> answers;
        std::chrono::nanoseconds median{};
    };

    /// Both kinds in turn, so that what else the machine does falls on both.
    std::pair<Measured, Measured> measure(std::string_view route, const Body& body_for) {
        std::vector<std::chrono::nanoseconds> known, unknown;
        std::pair<Measured, Measured> both;
        for (int i = 0; i < kTries; ++i) {
            time_one(route, body_for("ada@mail.test"), known, both.first);
            time_one(route, body_for("nobody" + std::to_string(++strangers_) + "@mail.test"), unknown, both.second);
            world().clock.advance(std::chrono::minutes{1});
        }
        both.first.median = median_of(known);
        both.second.median = median_of(unknown);
        return both;
    }

    void expect_the_same(std::string_view route, const Body& body_for) {
        double ratio = 0;
        // A machine that does something else meanwhile may need another run.
        for (int run = 0; run < kRuns; ++run) {
            const auto [known, unknown] = measure(route, body_for);
            EXPECT_EQ(known.answers, unknown.answers) << route;
            EXPECT_EQ(known.answers.size(), 1U) << route;
            ratio = static_cast<double>(known.median.count()) / static_cast<double>(unknown.median.count());
            if (ratio > 0.9 && ratio < 1.1) return;
        }
        ADD_FAILURE() << route << ": known to unknown takes " << ratio;
    }

  private:
    void time_one(std::string_view route, const json::object& body, std::vector<std::chrono::nanoseconds>& times, Measured& measured) {
        auto one = browser();
        const auto begin = std::chrono::steady_clock::now();
        const auto answer = one.post(route, body);
        times.push_back(std::chrono::steady_clock::now() - begin);
        measured.answers.insert(std::to_string(answer.status()) + answer.header("set-cookie") + answer.body);
    }
    static std::chrono::nanoseconds median_of(std::vector<std::chrono::nanoseconds>& times) {
        const auto middle = times.begin() + std::ssize(times) / 2;
        std::ranges::nth_element(times, middle);
        return *middle;
    }

    int strangers_ = 0;
};
AE_ON_BOTH_ENGINES(Enumeration);

TEST_P(Enumeration, FindsNobodyByLoggingIn) {
    expect_the_same("/api/auth/login", [](const std::string& email) { return json::object{{"login", email}, {"password", "incorrect horse"}}; });
}

TEST_P(Enumeration, FindsNobodyByRegistering) {
    expect_the_same("/api/auth/register", [](const std::string& email) { return json::object{{"email", email}, {"password", "incorrect horse"}}; });
}

}  // namespace

// Limits that are written into these routes stand in the way of 200 tries over HTTP: the services behind them are asked.
namespace {

class EnumerationByLetter : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(migrations());
        world_ = std::make_unique<testing::World>(db());
        world_->mailer.set_delivers(true);
        io::run_blocking(world_->accounts.service.register_account("ada@mail.test", Secret{"correct horse"}, {})).value();
    }

    /// The ratio of the medians, of four runs the one nearest to 1.
    template <class Ask>
    double ratio_of(Ask ask) {
        double best = 0;
        for (int run = 0; run < kRuns && !(best > 0.9 && best < 1.1); ++run) {
            std::vector<double> known, unknown;
            for (int i = 0; i < kTries; ++i) {
                known.push_back(seconds_of([&] { ask("ada@mail.test"); }));
                unknown.push_back(seconds_of([&] { ask("nobody@mail.test"); }));
            }
            std::ranges::sort(known);
            std::ranges::sort(unknown);
            best = known[kTries / 2] / unknown[kTries / 2];
        }
        return best;
    }
    testing::World& world() { return *world_; }

  private:
    template <class Work>
    static double seconds_of(Work work) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    std::unique_ptr<testing::World> world_;
};
AE_ON_BOTH_ENGINES(EnumerationByLetter);

TEST_P(EnumerationByLetter, FindsNobodyByAskingForAReset) {
    const auto ratio = ratio_of([&](const char* email) { EXPECT_TRUE(io::run_blocking(world().accounts.recovery.ask_reset(email))); });
    EXPECT_GT(ratio, 0.9);
    EXPECT_LT(ratio, 1.1);
}

TEST_P(EnumerationByLetter, FindsNobodyByAskingForAProof) {
    const auto ratio = ratio_of([&](const char* email) { EXPECT_TRUE(io::run_blocking(world().accounts.recovery.send_verification_to(email))); });
    EXPECT_GT(ratio, 0.9);
    EXPECT_LT(ratio, 1.1);
}

}  // namespace
}  // namespace ae::accounts
