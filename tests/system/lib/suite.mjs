// What a test is: a sentence, and a function that gets `t` and throws when the sentence is not true.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const kTests = [];

/**
 * Declares a test. `alone`: it measures the machine (a browser decoding video), so nothing runs beside it.
 * `full`: it is long, and runs with --full only. `timeoutMs`: how long it may take.
 */
export function test(name, options, body) {
    kTests.push({ name, alone: false, full: false, timeoutMs: 60_000, ...options, body });
}

/** What a test gets: things it owns end with it, in the reverse order, whatever happened. */
export class TestRun {
    #owned = [];
    notes = [];

    constructor(full) {
        this.full = full;
    }

    own(resource) {
        this.#owned.push(resource);
        return resource;
    }

    /** Runs at the end; a failure there fails the test. */
    atEnd(act) {
        this.#owned.push({ close: act });
    }

    /** A folder for this test alone. */
    folder() {
        const folder = mkdtempSync(path.join(os.tmpdir(), 'aethex-system-'));
        this.atEnd(() => rmSync(folder, { recursive: true, force: true }));
        return folder;
    }

    /** A figure worth reading in the report. */
    note(text) {
        this.notes.push(text);
    }

    async finish() {
        const failures = [];
        for (const resource of this.#owned.reverse()) {
            try {
                await (resource.close ?? resource.stop).call(resource);
            } catch (error) {
                failures.push(error);
            }
        }
        if (failures.length > 0) throw failures[0];
    }
}
