-- The second factor of an account: one authenticator app.
CREATE TABLE totp_factors (
    user_id       {text}  PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret {blob}  NOT NULL,  -- under a key derived from the server's secret, bound to the account
    confirmed_at  {int64},  -- nothing: begun, and not yet asked for at login
    last_step     {int64} NOT NULL DEFAULT 0,  -- no code of this step or an earlier one works any more
    created_at    {int64} NOT NULL
);

CREATE TABLE recovery_codes (
    user_id    {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash  {blob}  NOT NULL,  -- HMAC-SHA-256, keyed with the server's secret
    used_at    {int64},
    created_at {int64} NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE passkeys (
    id            {text}  PRIMARY KEY,
    user_id       {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    credential_id {blob}  NOT NULL UNIQUE,
    rp_id         {text}  NOT NULL,  -- the domain it was made for, and works on
    public_key    {blob}  NOT NULL,  -- COSE_Key
    sign_count    {int64} NOT NULL,
    backed_up     {bool}  NOT NULL,
    name          {text}  NOT NULL,
    created_at    {int64} NOT NULL,
    last_used_at  {int64}
);

CREATE INDEX passkeys_by_user ON passkeys (user_id, id);

-- A challenge is known again by its own hash; here are those that were answered, until they are over.
CREATE TABLE spent_challenges (
    challenge_hash {blob}  PRIMARY KEY,
    expires_at     {int64} NOT NULL
);

CREATE INDEX spent_challenges_by_end ON spent_challenges (expires_at);
