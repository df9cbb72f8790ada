export type PlayerState = 'idle' | 'starting' | 'live' | 'stalled' | 'reconnecting' | 'offline' | 'ended' | 'failed';

/** The facts of which a player's state is the consequence. */
export interface Facts {
  /** There is an address to play. */
  hasSource: boolean;
  /** The page has said that nothing is on. */
  knownOffline: boolean;
  /** A picture of this broadcast has been on the screen. */
  everPlayed: boolean;
  /** Media time is advancing, or is paused because the viewer said so. */
  flowing: boolean;
  /** The way to our server is broken, or the server has lost the encoder. */
  connectionLost: boolean;
  attempts: number;
  ended: boolean;
  unsupported: boolean;
}

// A first picture that takes this many attempts is no longer "starting".
const kPatientAttempts = 3;

export function stateOf(facts: Facts): PlayerState {
  if (facts.unsupported) return 'failed';
  if (facts.ended) return 'ended';
  if (!facts.hasSource) return facts.knownOffline ? 'offline' : 'idle';
  if (facts.flowing) return 'live';
  if (!facts.everPlayed) return facts.connectionLost && facts.attempts >= kPatientAttempts ? 'reconnecting' : 'starting';
  return facts.connectionLost ? 'reconnecting' : 'stalled';
}
