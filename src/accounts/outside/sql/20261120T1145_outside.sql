-- Webhooks that were taken: the same one twice has one effect. Kept for a day; a signature is worth five minutes.
CREATE TABLE taken_webhooks (
    id       {text}  PRIMARY KEY,
    taken_at {int64} NOT NULL
);

CREATE INDEX taken_webhooks_by_time ON taken_webhooks (taken_at);

-- What was heard last of an outside identity: webhooks come in any order, and an older one changes nothing.
CREATE TABLE outside_news (
    external_id {text}  PRIMARY KEY,
    as_of       {int64} NOT NULL,  -- when it was so, by the provider's clock
    is_deleted  {bool}  NOT NULL
);
