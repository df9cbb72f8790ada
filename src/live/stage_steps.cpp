#include "live/stage_steps.hpp"

#include "base/check.hpp"

namespace ae::live {

StreamRun take_run(db::Transaction& transaction, const StreamId& stream, WallTime now) {
    const auto taken = store::take_epoch(transaction, stream, now);
    AE_CHECK(taken.has_value(), "the row was found or made in this transaction");
    StreamRun run;
    run.epoch = static_cast<std::uint64_t>(taken->epoch);
    run.first_msn = static_cast<std::uint64_t>(taken->first_msn);
    run.first_discontinuity = static_cast<std::uint64_t>(taken->first_discontinuity);
    run.msn_ceiling = run.first_msn + StreamRun::kMsnBlock;
    run.discontinuity_ceiling = run.first_discontinuity + StreamRun::kDiscontinuityBlock;
    store::reserve_numbers(transaction, stream, static_cast<std::int64_t>(run.msn_ceiling), static_cast<std::int64_t>(run.discontinuity_ceiling));
    return run;
}

metrics::Gauge& live_gauge() {
    static auto& gauge = metrics::gauge("aethex_live_broadcasts", "Broadcasts in memory, with those that wait for their encoder.");
    return gauge;
}

}  // namespace ae::live
