#include "channels/people.hpp"

namespace ae::channels {

namespace {

class NoPeople final : public People {
  public:
    io::Task<std::vector<Person>> people(std::vector<UserId>) override { co_return std::vector<Person>{}; }
    io::Task<> became_creator(UserId) override { co_return; }
};

}  // namespace

People& no_people() {
    static NoPeople nobody;
    return nobody;
}

}  // namespace ae::channels
