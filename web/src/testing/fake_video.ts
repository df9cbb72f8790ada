type Range = [number, number];

function rangesOf(list: Range[]): TimeRanges {
  return { length: list.length, start: (at) => list[at]![0], end: (at) => list[at]![1] };
}

/** A video element that plays exactly as far as a test says. */
export class FakeVideo extends EventTarget {
  paused = true;
  muted = false;
  volume = 1;
  playbackRate = 1;
  currentTime = 0;
  seeking = false;
  ended = false;
  readyState = 4;
  videoWidth = 1280;
  videoHeight = 720;
  ranges: Range[] = [];
  window: Range[] = [];
  refusal: DOMException | null = null;
  plays = 0;

  get buffered(): TimeRanges {
    return rangesOf(this.ranges);
  }

  get seekable(): TimeRanges {
    return rangesOf(this.window);
  }

  play(): Promise<void> {
    this.plays += 1;
    if (this.refusal && !this.muted) return Promise.reject(this.refusal);
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    this.say('pause');
  }

  say(name: string): void {
    this.dispatchEvent(new Event(name));
  }

  asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}
