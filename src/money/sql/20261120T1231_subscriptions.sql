CREATE TABLE subscriptions (
    id            {text}  PRIMARY KEY,
    user_id       {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel_id    {text}  NOT NULL REFERENCES channels (id),
    tier          {text}  NOT NULL DEFAULT 'BASIC' CHECK (tier IN ('BASIC', 'PREMIUM', 'VIP')),
    stripe_sub_id {text},  -- what the payment provider calls it
    status        {text}  NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'CANCELLED', 'EXPIRED')),
    start_date    {int64} NOT NULL,
    renewal_date  {int64},
    created_at    {int64} NOT NULL,
    updated_at    {int64} NOT NULL
);

CREATE INDEX subscriptions_by_user ON subscriptions (user_id, id);
CREATE INDEX subscriptions_by_channel ON subscriptions (channel_id, id);
