// Waiting for something to become true, with an end.
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again and again until the answer is truthy, and gives it; the last error or answer is in the failure. */
export async function until(what, question, { timeoutMs = 10_000, everyMs = 50 } = {}) {
    const deadline = Date.now() + timeoutMs;
    let last;
    for (;;) {
        try {
            last = await question();
            if (last) return last;
        } catch (error) {
            last = error;
        }
        if (Date.now() >= deadline) throw new Error(`${what}: not within ${timeoutMs} ms (last: ${last instanceof Error ? last.message : JSON.stringify(last)})`);
        await pause(everyMs);
    }
}
