// What the tests of the held requests stand on.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "net/http/handler.hpp"

namespace ae::live::testing {

/// What a request was answered with, if it was.
struct Answer {
    std::optional<unsigned> status;
    std::string head, body;
    std::function<void()> gone;
};

class Catcher final : public http::Responder {
  public:
    explicit Catcher(std::shared_ptr<Answer> answer) : answer_(std::move(answer)) {}
    void send(http::Response) override { ADD_FAILURE() << "playback answers with shared bytes"; }
    void send(http::WireResponse response) override {
        EXPECT_FALSE(answer_->status) << "answered twice";
        answer_->status = response.status;
        answer_->head = *response.head;
        for (const auto& piece : response.body) answer_->body += as_text(*piece);
    }
    void on_gone(std::function<void()> gone) override { answer_->gone = std::move(gone); }

  private:
    std::shared_ptr<Answer> answer_;
};

}  // namespace ae::live::testing
