CREATE TABLE categories (
    slug     {text}  PRIMARY KEY,
    name     {text}  NOT NULL,
    position {int64} NOT NULL  -- the order in which they are offered
);

INSERT INTO categories (slug, name, position) VALUES
    ('just-chatting',  'Just chatting',            1),
    ('games',          'Games',                    2),
    ('retro-games',    'Retro games',              3),
    ('tabletop',       'Board and card games',     4),
    ('esports',        'Esports and tournaments',  5),
    ('music',          'Music',                    6),
    ('dj',             'DJ sets',                  7),
    ('art',            'Art and drawing',          8),
    ('makers',         'Makers and crafting',      9),
    ('programming',    'Software and programming', 10),
    ('science',        'Science and technology',   11),
    ('learning',       'Courses and learning',     12),
    ('talk',           'Talk shows and podcasts',  13),
    ('news',           'News and politics',        14),
    ('sports',         'Sports and fitness',       15),
    ('food',           'Food and cooking',         16),
    ('outdoors',       'Travel and outdoors',      17),
    ('animals',        'Animals and nature',       18),
    ('wellness',       'Wellness and meditation',  19),
    ('events',         'Events and conferences',   20),
    ('other',          'Everything else',          21);

-- The account it belongs to; nobody's when the command line made it. Accounts says when an account goes, so that pictures, broadcasts and
-- followers are cleared in order: that is why nothing cascades here.
ALTER TABLE channels ADD COLUMN creator_id {text};
ALTER TABLE channels ADD COLUMN social_links {text} NOT NULL DEFAULT '{}';
ALTER TABLE channels ADD COLUMN starts_with {text} NOT NULL DEFAULT 'auto' CHECK (starts_with IN ('auto', 'preview'));

CREATE INDEX channels_by_creator ON channels (creator_id, id) WHERE deleted_at IS NULL;
CREATE INDEX channels_by_category ON channels (category, id) WHERE deleted_at IS NULL;

CREATE TABLE channel_follows (
    id         {text}  PRIMARY KEY,
    user_id    {text}  NOT NULL,  -- an account
    channel_id {text}  NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    created_at {int64} NOT NULL,
    UNIQUE (user_id, channel_id)
);

CREATE INDEX channel_follows_by_channel ON channel_follows (channel_id, id);

CREATE TABLE channel_audit (
    id         {text}  PRIMARY KEY,
    channel_id {text}  NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    action     {text}  NOT NULL,  -- key_rotated, channel_changed, ...
    subject    {text}  NOT NULL DEFAULT '',  -- what it was done to: a key's name, the fields that changed
    actor_id   {text},  -- the account that did it; nobody: the command line
    address    {text}  NOT NULL DEFAULT '',
    created_at {int64} NOT NULL
);

CREATE INDEX channel_audit_by_channel ON channel_audit (channel_id, id);

-- The slugs of before are names like all others.
INSERT INTO names (name, kind, holder, owner, is_current, claimed_at)
    SELECT slug, 'channel', id, id, TRUE, created_at
      FROM channels
     WHERE deleted_at IS NULL;

DROP VIEW channel_cards;

-- What other rooms may join with: the promise of this room about its channels that are there.
CREATE VIEW channel_cards AS
    SELECT id, slug, name, avatar, category, tags, language, is_public, creator_id
      FROM channels
     WHERE deleted_at IS NULL;
