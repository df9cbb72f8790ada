CREATE TABLE streams (
    id                          {text}  PRIMARY KEY,
    channel_id                  {text}  NOT NULL REFERENCES channels (id),
    title                       {text}  NOT NULL,
    description                 {text}  NOT NULL DEFAULT '',
    category                    {text}  NOT NULL,
    status                      {text}  NOT NULL CHECK (status IN ('OFFLINE', 'LIVE', 'ENDING', 'ARCHIVED')),
    reason                      {text}  NOT NULL DEFAULT '',  -- why it came into this status: a word for the owner
    started_at                  {int64},
    ended_at                    {int64},
    last_media_at               {int64},  -- the last sign of life, written every few seconds
    viewer_count                {int64} NOT NULL DEFAULT 0,
    peak_viewers                {int64} NOT NULL DEFAULT 0,
    epoch                       {int64} NOT NULL DEFAULT 0,  -- one more each time a process takes the broadcast up; part of media addresses
    next_msn_reserved           {int64} NOT NULL DEFAULT 1,  -- media sequence numbers below this may have been used
    next_discontinuity_reserved {int64} NOT NULL DEFAULT 0,  -- the same for discontinuity sequence numbers
    media_secret                {text}  NOT NULL,  -- part of media addresses: who has the playlist has it
    created_at                  {int64} NOT NULL,
    updated_at                  {int64} NOT NULL
);

-- A channel has one broadcast on air: a second one is an error here, whatever raced there.
CREATE UNIQUE INDEX streams_on_air ON streams (channel_id) WHERE status = 'LIVE';
CREATE INDEX streams_by_status ON streams (status, id);
CREATE INDEX streams_by_channel ON streams (channel_id, id);
