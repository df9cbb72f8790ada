// What a commit to disk costs, and what sharing it saves: callers that each wait for their own write.
#include <benchmark/benchmark.h>

#include <atomic>
#include <filesystem>

#include <unistd.h>

#include "store/db/open.hpp"

namespace ae::db {
namespace {

const Query kAdd{"bench.add", "INSERT INTO rows (id, content) VALUES ($1, $2)"};
const Query kFind{"bench.find", "SELECT content FROM rows WHERE id = $1"};

/// A database in a folder of its own, shared by the threads of one benchmark.
struct Place {
    Place() : folder(std::filesystem::temp_directory_path() / ("aethex-bench-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
        db = open(DbConfig{}, folder);
        db->write_blocking([](Transaction& transaction) { transaction.script("CREATE TABLE rows (id INTEGER PRIMARY KEY, content TEXT)"); });
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        db.reset();
        std::filesystem::remove_all(folder);
    }
    std::filesystem::path folder;
    std::unique_ptr<Db> db;
    std::atomic<std::int64_t> next = 0;
};
std::unique_ptr<Place> place;

void make_place(const benchmark::State&) { place = std::make_unique<Place>(); }
void drop_place(const benchmark::State&) { place.reset(); }

void acknowledged_write(benchmark::State& state) {
    const std::string content(200, 'x');
    for (auto _ : state) {
        place->db->write_blocking([&, id = place->next++](Transaction& transaction) { transaction.execute(kAdd, {id, content}); });
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(acknowledged_write)->Setup(make_place)->Teardown(drop_place)->ThreadRange(1, 64)->UseRealTime();

void read_by_key(benchmark::State& state) {
    place->db->write_blocking([](Transaction& transaction) { transaction.execute(kAdd, {-1 - place->next++, "x"}); });
    for (auto _ : state) {
        place->db->read_blocking([](Transaction& transaction) { return transaction.query(kFind, {-1}); });
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_by_key)->Setup(make_place)->Teardown(drop_place)->ThreadRange(1, 4)->UseRealTime();

}  // namespace
}  // namespace ae::db
