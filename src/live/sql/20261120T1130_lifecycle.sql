ALTER TABLE streams ADD COLUMN starts_with {text} NOT NULL DEFAULT 'auto' CHECK (starts_with IN ('auto', 'preview'));
ALTER TABLE streams ADD COLUMN thumbnail_url {text};
ALTER TABLE streams ADD COLUMN recording_path {text};
ALTER TABLE streams ADD COLUMN vod_url {text};
ALTER TABLE streams ADD COLUMN is_archived {bool} NOT NULL DEFAULT FALSE;

-- Every change of a stream's status, with why and by whom. Nothing is ever changed here.
CREATE TABLE stream_transitions (
    id          {text}  PRIMARY KEY,
    stream_id   {text}  NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
    number      {int64} NOT NULL,  -- the stream's first, second, ...: several may be of one moment
    from_status {text},  -- nothing: it was made
    to_status   {text}  NOT NULL CHECK (to_status IN ('OFFLINE', 'LIVE', 'ENDING', 'ARCHIVED')),
    reason      {text}  NOT NULL,
    actor_id    {text},  -- the account; nobody: the server itself
    at          {int64} NOT NULL,
    UNIQUE (stream_id, number)
);

CREATE INDEX streams_prepared ON streams (channel_id, id) WHERE status = 'OFFLINE';
