-- What people and channels are called. A name belongs to one account, which may use it for itself and for one of its channels.
CREATE TABLE names (
    name       {text}  NOT NULL,
    kind       {text}  NOT NULL CHECK (kind IN ('user', 'channel')),
    holder     {text}  NOT NULL,  -- the user's or the channel's id
    owner      {text}  NOT NULL,  -- the account; of a channel that nobody owns, the channel's id
    is_current {bool}  NOT NULL,  -- false: the holder was called so before, and addresses still lead to it
    claimed_at {int64} NOT NULL,
    left_at    {int64},
    PRIMARY KEY (name, kind)
);

CREATE UNIQUE INDEX names_current ON names (kind, holder) WHERE is_current;
CREATE INDEX names_by_holder ON names (kind, holder);
