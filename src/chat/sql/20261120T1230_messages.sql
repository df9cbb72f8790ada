CREATE TABLE messages (
    id         {text}  PRIMARY KEY,
    channel_id {text}  NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    stream_id  {text}  REFERENCES streams (id) ON DELETE SET NULL,  -- the broadcast it was said in
    user_id    {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    content    {text}  NOT NULL,
    badges     {text}  NOT NULL DEFAULT '[]',  -- a JSON list of words: moderator, subscriber, ...
    created_at {int64} NOT NULL,
    deleted_at {int64}  -- taken away by a moderator; the row stays as a proof
);

CREATE INDEX messages_by_channel ON messages (channel_id, id);
CREATE INDEX messages_by_stream ON messages (stream_id, id);
CREATE INDEX messages_by_user ON messages (user_id, id);
