// For tests: a mail server on a loopback port that says what it is told to, one client at a time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

namespace ae::mail::testing {

/// `answers` replaces the reply to a command, each once, in order: `{"RCPT", "550 no"}`; an empty reply closes the connection.
class SmtpServer {
  public:
    SmtpServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { accept_all(); }};
    }
    ~SmtpServer() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        ::shutdown(client_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    std::string url() const { return fmt::format("smtp://127.0.0.1:{}", port_); }
    void answer_once(std::string command, std::string reply) {
        const std::lock_guard alone{mutex_};
        answers_.emplace(std::move(command), std::move(reply));
    }
    /// The mails that were taken, once there are `count`; fewer after ten seconds.
    std::vector<std::string> wait_for_mails(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return mails_.size() >= count; });
        return mails_;
    }
    std::vector<std::string> commands() {
        const std::lock_guard alone{mutex_};
        return commands_;
    }

  private:
    void accept_all() {
        while (!stopping_) {
            client_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (client_ < 0) return;
            serve();
            ::close(client_.exchange(-1));
        }
    }
    void serve() {
        received_.clear();
        say("220 test");
        std::string line;
        while (read_line(line)) {
            const auto verb = line.substr(0, 4);
            {
                const std::lock_guard alone{mutex_};
                commands_.push_back(line);
            }
            const bool other = answered_otherwise(verb);
            if (gone_) return;
            if (other) continue;
            if (verb == "QUIT") return say("221 bye");
            if (verb == "DATA") {
                if (!take_mail()) return;
            } else if (verb == "EHLO") {
                say("250 test");
            } else {
                say("250 ok");
            }
        }
    }
    bool take_mail() {
        say("354 go on");
        std::string mail, line;
        while (read_line(line) && line != ".") mail += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
        const bool refused = answered_otherwise("DONE");
        if (gone_) return false;
        if (refused) return true;
        {
            const std::lock_guard alone{mutex_};
            mails_.push_back(mail);
        }
        changed_.notify_all();
        say("250 taken");
        return true;
    }
    bool answered_otherwise(const std::string& verb) {
        std::string reply;
        {
            const std::lock_guard alone{mutex_};
            const auto found = answers_.find(verb);
            if (found == answers_.end()) return false;
            reply = found->second;
            answers_.erase(found);
        }
        gone_ = reply.empty();
        if (!gone_) say(reply);
        return true;
    }
    void say(const std::string& reply) {
        const auto line = reply + "\r\n";
        (void)::send(client_, line.data(), line.size(), MSG_NOSIGNAL);
    }
    bool read_line(std::string& line) {
        gone_ = false;
        std::size_t end = 0;
        while ((end = received_.find("\r\n")) == std::string::npos) {
            char bytes[4096];
            const auto got = ::recv(client_, bytes, sizeof bytes, 0);
            if (got <= 0) return false;
            received_.append(bytes, static_cast<std::size_t>(got));
        }
        line = received_.substr(0, end);
        received_.erase(0, end + 2);
        return true;
    }

    int listener_;
    std::atomic<int> client_{-1};
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_{false};
    bool gone_ = false;
    std::string received_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<std::string, std::string> answers_;
    std::vector<std::string> commands_;
    std::vector<std::string> mails_;
    std::thread thread_;
};

}  // namespace ae::mail::testing
