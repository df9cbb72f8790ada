// The number of a frame, written into its picture: 32 cells across the top, each 40 x 48 pixels at 720p, big enough
// to survive any encoder. From the left: guard 1010, 20 bits of the number, 8 bits of CRC (polynomial 0x07).
export const kCells = 32;
export const kStripHeight = 48 / 720;  // as a share of the picture's height

/** One gray byte a cell. */
export function encodeBarcode(number) {
    const cells = Buffer.alloc(kCells);
    let value = ((0b1010n << 28n) | (BigInt(number & 0xfffff) << 8n) | BigInt(crc8(number))) & 0xffffffffn;
    for (let at = kCells - 1; at >= 0; at--, value >>= 1n) cells[at] = value & 1n ? 235 : 16;
    return cells;
}

function crc8(number) {
    let crc = 0xff;
    for (const byte of [(number >> 16) & 0x0f, (number >> 8) & 0xff, number & 0xff]) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
    }
    return crc;
}

/**
 * Runs inside a page, so it may use nothing of this module. Watches a video: every new picture's number is noted with the
 * moment it was shown; a strip that fails its check is counted as unreadable. Gives a handle on `window.barcode`.
 */
export function watchBarcodeInPage(selector) {
    const video = document.querySelector(selector);
    if (!video) throw new Error(`no ${selector} on the page`);
    const cells = 32;
    const canvas = document.createElement('canvas');
    canvas.width = cells * 4;
    canvas.height = 4;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const state = { seen: [], unreadable: 0, presented: 0, stalls: 0, lastReadable: 0 };

    const crc8 = (number) => {
        let crc = 0xff;
        for (const byte of [(number >> 16) & 0x0f, (number >> 8) & 0xff, number & 0xff]) {
            crc ^= byte;
            for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
        }
        return crc;
    };
    // Where the browser can crop before it converts colours, drawing the strip costs a fifteenth of drawing the whole picture: a
    // test that slows the page down would measure itself.
    const crops = 'VideoFrame' in window && navigator.userAgent.includes('Chrome');
    const read = () => {
        const height = (video.videoHeight * 48) / 720;
        if (crops) {
            const strip = new VideoFrame(video, { visibleRect: { x: 0, y: 0, width: video.videoWidth, height: Math.floor(height / 2) * 2 } });
            context.drawImage(strip, 0, 0, canvas.width, canvas.height);
            strip.close();
        } else {
            context.drawImage(video, 0, 0, video.videoWidth, height, 0, 0, canvas.width, canvas.height);
        }
        const pixels = context.getImageData(0, 1, canvas.width, 2).data;
        let bits = 0n;
        for (let cell = 0; cell < cells; cell++) {
            let sum = 0;
            for (const x of [1, 2]) for (const y of [0, 1]) sum += pixels[(y * canvas.width + cell * 4 + x) * 4 + 1];
            bits = (bits << 1n) | (sum / 4 > 127 ? 1n : 0n);
        }
        const number = Number((bits >> 8n) & 0xfffffn);
        return bits >> 28n === 0b1010n && Number(bits & 0xffn) === crc8(number) ? number : -1;
    };
    const note = (shownAt) => {
        if (video.videoWidth === 0) return;
        const number = read();
        if (number < 0) state.unreadable++;
        else if (state.seen.length === 0 || state.seen.at(-1).number !== number) {
            state.seen.push({ number, at: performance.timeOrigin + shownAt });
        }
        state.lastReadable = number;
    };
    video.addEventListener('waiting', () => state.stalls++);
    if (video.requestVideoFrameCallback) {
        const each = (now, frame) => {
            video.requestVideoFrameCallback(each);
            state.presented = frame.presentedFrames;
            note(frame.expectedDisplayTime);
        };
        video.requestVideoFrameCallback(each);
    } else {
        const each = (now) => {
            requestAnimationFrame(each);
            note(now);
        };
        requestAnimationFrame(each);
    }
    window.barcode = state;
}

/** What a list of sightings says: how far it ran, how many numbers were seen, and whether it ever went back. `length` is the clip's. */
export function judgeSightings(seen, length) {
    const numbers = [];
    let lap = 0;
    let back = 0;
    for (const { number } of seen) {
        const previous = numbers.at(-1);
        let unwrapped = number + lap * length;
        if (previous !== undefined && unwrapped < previous - length / 2) {
            lap++;
            unwrapped += length;
        }
        if (previous !== undefined && unwrapped <= previous) back++;
        numbers.push(unwrapped);
    }
    if (numbers.length === 0) return { first: -1, last: -1, distinct: 0, span: 0, share: 0, back: 0 };
    const distinct = new Set(numbers).size;
    const span = numbers.at(-1) - numbers[0] + 1;
    return { first: numbers[0], last: numbers.at(-1), distinct, span, share: distinct / span, back };
}
