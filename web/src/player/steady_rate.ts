/**
 * Whether this browser should not be asked to play a little faster. WebKitGTK changes speed by a flushing seek of its GStreamer
 * pipeline: every correction shows old pictures again, or stops the picture for good. It keeps its distance by jumps alone.
 */
export function keepsSteadyRate(userAgent = typeof navigator === 'undefined' ? '' : navigator.userAgent): boolean {
  return userAgent.includes('Linux') && userAgent.includes('AppleWebKit') && !/Chrome|Chromium|Android/.test(userAgent);
}
