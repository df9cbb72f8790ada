import assert from 'node:assert/strict';
import { test } from 'node:test';

import { coroutineProblems } from './coroutines.mjs';

const clean = (source) => assert.deepEqual(coroutineProblems('x.cpp', source), []);
const refused = (source, reason, count = 1) => {
    const problems = coroutineProblems('x.cpp', source);
    assert.equal(problems.length, count, problems.join('\n') || 'nothing was refused');
    assert.match(problems[0], reason);
};

test('a coroutine lambda that captures is refused', () => {
    refused('spawn([&]() -> Task<> { co_await wait(); });', /captures \[&\]/);
    refused('spawn([this] { co_return; });', /captures \[this\]/);
    refused('auto job = [x = std::move(y)](int n) mutable -> Task<int> { co_return n + x; };', /captures/);
});

test('a coroutine lambda that captures nothing is fine', () => {
    clean('spawn([](Session& session) -> Task<> { co_await session.run(); }(session));');
});

test('a lambda around a coroutine lambda may capture', () => {
    clean('post([&] { spawn([](Session& s) -> Task<> { co_await s.run(); }); });');
});

test('subscripts and attributes are no lambdas', () => {
    clean('[[nodiscard]] Task<int> sum() { total = values[i]; co_return total; }');
    clean('Task<int> f() { if (ok) [[likely]] { co_return table[3]; } co_return 0; }');
});

test('borrowed parameters are refused', () => {
    refused('Task<void> greet(const std::string& name);', /borrows 'const std::string& name'/);
    refused('Task<> Server::greet(int times, std::string_view name) { co_return; }', /string_view name/);
    refused('io::Task<Result<int>> send(Frame&& frame);', /Frame&& frame/);
    refused('asio::awaitable<void> write(std::span<const std::uint8_t> bytes);', /span/);
    refused('auto f = [](const Config& config) -> Task<> { co_return; };', /const Config/);
});

test('values, mutable references and pointers are fine', () => {
    clean('Task<Result<void>> run(Session& session, std::string name, std::shared_ptr<const Frame> frame, const Frame* next);');
    clean('Task<> run(std::function<void(const Frame&)> done);');
    clean('Result<int> parse(std::string_view text);');
});

test('an excuse beside or above is heard', () => {
    clean('Task<> write(BytesView bytes);  // awaited in place');
    clean('/// Writes all of it; awaited in place.\n/// Refuses nothing.\nTask<> write(BytesView bytes);');
    refused('// awaited in place\nint other();\nTask<> write(BytesView bytes);', /BytesView/);
});

test('an owner without a name in a co_await is refused', () => {
    refused('auto r = co_await db.write([row = std::move(row)](Transaction& t) { t.put(row); });', /owns \[row/);
    refused('co_await send(Response{404, "gone"});', /Response/);
    refused('co_return co_await run(std::vector<int>{1, 2});', /vector/);
});

test('what owns nothing may stand in a co_await', () => {
    clean('co_await timer.wait(std::chrono::seconds{5});');
    clean('co_await on(shard, [&count](int n) { count += n; });');
    clean('co_await run(Options{});');
    clean('const auto wish = Wish{1, "x"}; co_await run(wish);');
    clean('if (auto r = co_await f(); r) { use(Thing{1}); }');
});

test('a block behind a co_await is no aggregate', () => {
    clean('if (co_await ready()) { go(); } else { stay(); }');
    clean('while (auto next = co_await channel.next()) { use(*next); }');
    clean('for (;;) { co_await tick(); }');
});

test('comments and strings are not code', () => {
    clean('// Task<> write(BytesView bytes);\nlog("co_await send(Response{404})");');
});
