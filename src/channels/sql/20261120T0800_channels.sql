CREATE TABLE channels (
    id             {text}  PRIMARY KEY,
    slug           {text}  NOT NULL,  -- its word in addresses; unique among the channels that are there
    name           {text}  NOT NULL,
    description    {text}  NOT NULL DEFAULT '',
    category       {text}  NOT NULL DEFAULT 'just-chatting',
    tags           {text}  NOT NULL DEFAULT '[]',  -- a JSON list of words
    language       {text}  NOT NULL DEFAULT '',  -- a language tag (BCP 47), or nothing
    is_public      {bool}  NOT NULL DEFAULT TRUE,
    avatar         {text},  -- the address of a picture
    banner         {text},  -- the address of a picture
    follower_count {int64} NOT NULL DEFAULT 0,
    view_count     {int64} NOT NULL DEFAULT 0,
    created_at     {int64} NOT NULL,
    updated_at     {int64} NOT NULL,
    deleted_at     {int64}  -- deleted ones stay, because broadcasts refer to them
);

CREATE UNIQUE INDEX channels_by_slug ON channels (slug) WHERE deleted_at IS NULL;

CREATE TABLE stream_keys (
    id                {text}  PRIMARY KEY,
    channel_id        {text}  NOT NULL REFERENCES channels (id),
    name              {text}  NOT NULL,
    lookup_hash       {blob}  NOT NULL UNIQUE,  -- HMAC-SHA-256 of the key, under a key derived from the server's secret
    sealed_key        {blob}  NOT NULL,  -- the key itself, encrypted under another, so that its owner can be shown it again
    last_four         {text}  NOT NULL,
    created_at        {int64} NOT NULL,
    revoked_at        {int64},
    last_used_at      {int64},
    last_used_address {text}
);

CREATE INDEX stream_keys_by_channel ON stream_keys (channel_id, created_at);

-- What other rooms may join with: the promise of this room about its channels that are there.
CREATE VIEW channel_cards AS
    SELECT id, slug, name, avatar, category, tags, language, is_public
      FROM channels
     WHERE deleted_at IS NULL;
