// What both engines' transactions have in common: after the first failed statement nothing more runs.
#pragma once

#include "store/db/db.hpp"

namespace ae::db {

/// PostgreSQL refuses every statement after a failed one; SQLite would go on. So that a work behaves the same on both, the first
/// failure is kept here: later statements throw it again, and the engine rolls back even if the work swallowed it.
class EngineTransaction : public Transaction {
  public:
    Rows query(const Query& query, std::span<const Value> parameters) final;
    std::int64_t execute(const Query& query, std::span<const Value> parameters) final;
    void script(std::string_view sql) final;
    /// What the first failed statement threw; null while all is well.
    const std::exception_ptr& failure() const { return failure_; }
    void throw_failure() const;

  private:
    virtual Rows run_query(const Query& query, std::span<const Value> parameters) = 0;
    virtual std::int64_t run_execute(const Query& query, std::span<const Value> parameters) = 0;
    virtual void run_script(std::string_view sql) = 0;
    template <class F>
    auto guarded(F statement);

    std::exception_ptr failure_;
};

}  // namespace ae::db
