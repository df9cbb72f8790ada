#include "io/task_group.hpp"

#include <list>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/timeout.hpp"

namespace ae::io {

struct TaskGroup::State {
    struct Running {
        std::string name;
        asio::cancellation_signal cancel;
    };

    State(asio::any_io_executor on, std::string called) : executor(std::move(on)), name(std::move(called)), emptied(executor) {
        emptied.expires_at(asio::steady_timer::time_point::max());
    }

    void ended(std::list<std::shared_ptr<Running>>::iterator which, const std::exception_ptr& failure) {
        if (failure) report(**which, failure);
        tasks.erase(which);
        if (tasks.empty()) emptied.cancel();
    }

    void report(const Running& task, const std::exception_ptr& failure) const {
        static auto& failed = metrics::counter("aethex_io_tasks_failed_total", "Tasks that ended with an exception.");
        std::string what = "unknown";
        try {
            std::rethrow_exception(failure);
        } catch (const boost::system::system_error& error) {
            if (error.code() == asio::error::operation_aborted) return;
            what = error.what();
        } catch (const std::exception& error) {
            what = error.what();
        } catch (...) {}
        failed.add();
        log::error("task.failed", {{"group", name}, {"task", task.name}, {"what", what}});
    }

    void cancel() const {
        // A task may end inside the call; the copy keeps the walk safe.
        const auto now = tasks;
        for (const auto& task : now) task->cancel.emit(asio::cancellation_type::terminal);
    }

    asio::any_io_executor executor;
    std::string name;
    std::list<std::shared_ptr<Running>> tasks;
    asio::steady_timer emptied;
    bool closed = false;
};

TaskGroup::TaskGroup(asio::any_io_executor executor, std::string name) : state_(std::make_shared<State>(std::move(executor), std::move(name))) {}

TaskGroup::~TaskGroup() {
    state_->closed = true;
    state_->cancel();
}

bool TaskGroup::spawn(std::string name, Task<> task) {
    if (state_->closed) return false;
    auto running = std::make_shared<State::Running>();
    running->name = std::move(name);
    const auto place = state_->tasks.insert(state_->tasks.end(), running);
    auto ended = [state = state_, running, place](std::exception_ptr failure) { state->ended(place, failure); };
    asio::co_spawn(state_->executor, std::move(task), asio::bind_cancellation_slot(running->cancel.slot(), std::move(ended)));
    return true;
}

std::size_t TaskGroup::size() const { return state_->tasks.size(); }

std::vector<std::string> TaskGroup::running() const {
    std::map<std::string_view, std::size_t> counts;
    for (const auto& task : state_->tasks) ++counts[task->name];
    std::vector<std::string> names;
    for (const auto& [name, count] : counts) names.push_back(count == 1 ? std::string{name} : fmt::format("{} x{}", name, count));
    return names;
}

void TaskGroup::cancel() { state_->cancel(); }

Task<> TaskGroup::wait() {
    const auto state = state_;
    while (!state->tasks.empty()) co_await state->emptied.async_wait(asio::as_tuple(asio::use_awaitable));
}

Task<std::vector<std::string>> TaskGroup::stop(Duration limit) {
    state_->closed = true;
    state_->cancel();
    auto all_ended = wait();
    if (co_await finish_within(std::move(all_ended), limit)) co_return std::vector<std::string>{};
    auto left = running();
    log::warn("tasks.abandoned", {{"group", state_->name}, {"tasks", fmt::format("{}", fmt::join(left, ", "))}});
    co_return left;
}

}  // namespace ae::io
