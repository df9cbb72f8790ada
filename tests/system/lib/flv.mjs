// The tags of a prepared FLV file.
import { readFileSync } from 'node:fs';

export function flvTags(file) {
    const bytes = readFileSync(file);
    const tags = [];
    for (let at = bytes.readUInt32BE(5) + 4; at + 11 <= bytes.length;) {
        const size = bytes.readUIntBE(at + 1, 3);
        const timestamp = bytes.readUIntBE(at + 4, 3) | (bytes[at + 7] << 24);
        tags.push({ type: bytes[at], timestamp, payload: bytes.subarray(at + 11, at + 11 + size) });
        at += 11 + size + 4;
    }
    return tags;
}
