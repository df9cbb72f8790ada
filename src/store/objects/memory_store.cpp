#include "store/objects/memory_store.hpp"

namespace ae::objects {

namespace {
Error broken_down() { return {Errc::unavailable, "object_store_unavailable", "The place where files are kept does not answer; try again later."}; }
}  // namespace

io::Task<Result<void>> MemoryStore::put(ObjectName name, SharedBytes bytes) {
    if (broken_) co_return broken_down();
    all_.insert_or_assign(std::move(name), std::move(bytes));
    co_return Result<void>{};
}

io::Task<Result<SharedBytes>> MemoryStore::get(ObjectName name) {
    if (broken_) co_return broken_down();
    const auto found = all_.find(name);
    if (found == all_.end()) co_return Error{Errc::not_found, "object_not_found", "It is not there (any more)."};
    co_return found->second;
}

io::Task<Result<void>> MemoryStore::remove(ObjectName name) {
    if (broken_) co_return broken_down();
    all_.erase(name);
    co_return Result<void>{};
}

io::Task<Result<bool>> MemoryStore::exists(ObjectName name) {
    if (broken_) co_return broken_down();
    co_return all_.contains(name);
}

}  // namespace ae::objects
