#include "live/lifecycle.hpp"

#include <gtest/gtest.h>

namespace ae::live {
namespace {

using channels::StreamStatus;

TEST(Lifecycle, GoesOneWay) {
    constexpr std::array kAll{StreamStatus::offline, StreamStatus::live, StreamStatus::ending, StreamStatus::archived};
    int allowed = 0;
    for (const auto from : kAll) {
        for (const auto to : kAll) {
            for (const auto mover : {Mover::owner, Mover::server}) {
                const auto result = check_transition(from, to, mover);
                allowed += result ? 1 : 0;
                if (!result) EXPECT_EQ(result.error().reason, "transition_illegal");
            }
        }
    }
    EXPECT_EQ(allowed, 5);
    EXPECT_TRUE(check_transition(StreamStatus::offline, StreamStatus::live, Mover::owner));
    EXPECT_TRUE(check_transition(StreamStatus::live, StreamStatus::ending, Mover::owner));
    EXPECT_FALSE(check_transition(StreamStatus::ending, StreamStatus::archived, Mover::owner));
    EXPECT_TRUE(check_transition(StreamStatus::ending, StreamStatus::archived, Mover::server));
}

}  // namespace
}  // namespace ae::live
