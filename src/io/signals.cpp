#include "io/signals.hpp"

#include <unistd.h>
#include <csignal>

#include "base/log.hpp"

namespace ae::io {

Signals::Signals(const asio::any_io_executor& executor, std::function<void()> stop)
    : stop_signals_(executor, SIGTERM, SIGINT), reload_signals_(executor, SIGHUP), stop_(std::move(stop)) {
    ::signal(SIGPIPE, SIG_IGN);
    wait_for_stop();
    wait_for_reload();
}

void Signals::on_reload(std::string name, std::function<void()> reload) { reloads_.emplace_back(std::move(name), std::move(reload)); }

void Signals::close() {
    stop_signals_.clear();
    reload_signals_.clear();
    stop_signals_.cancel();
    reload_signals_.cancel();
}

void Signals::wait_for_stop() {
    stop_signals_.async_wait([this](const boost::system::error_code& error, int number) {
        if (error) return;
        if (stopping_) {
            log::warn("server.stopped_at_once", {{"signal", number}});
            ::_exit(128 + number);
        }
        stopping_ = true;
        log::info("server.stopping", {{"signal", number}});
        wait_for_stop();
        stop_();
    });
}

void Signals::wait_for_reload() {
    reload_signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (error) return;
        wait_for_reload();
        for (const auto& [name, reload] : reloads_) {
            try {
                reload();
                log::info("server.reloaded", {{"what", name}});
            } catch (const std::exception& broken) {
                log::error("server.reload_failed", {{"what", name}, {"error", broken.what()}});
            }
        }
    });
}

}  // namespace ae::io
