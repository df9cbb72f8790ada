// A graceful stop: named steps in order, one deadline over all, and a report of what it waited for and what it left.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "io/task.hpp"

namespace ae::io {

struct StopReport {
    std::vector<std::string> finished;
    /// Took too long, or threw: cancelled and left to its fate.
    std::vector<std::string> abandoned;
    Duration took{};
};

/// Each step reserves the time it needs at least; it may take more as long as the reserves of the later ones are left. So a step that
/// hangs cannot starve the one that closes the database.
class StopSequence {
  public:
    explicit StopSequence(Duration deadline) : deadline_(deadline) {}
    /// Steps run in the order they were added; together they reserve no more than the deadline. `work` makes the task when its turn comes.
    void step(std::string name, Duration reserve, std::function<Task<>()> work);
    /// Runs every step, on the caller's executor. Returns by the deadline, whatever the steps do, and logs each.
    Task<StopReport> run();

  private:
    struct Step {
        std::string name;
        Duration reserve;
        std::function<Task<>()> work;
    };

    Duration deadline_;
    Duration reserved_{0};
    std::vector<Step> steps_;
};

}  // namespace ae::io
