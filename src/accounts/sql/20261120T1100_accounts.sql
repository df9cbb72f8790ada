CREATE TABLE users (
    id                  {text}  PRIMARY KEY,
    email               {text}  NOT NULL UNIQUE,  -- in lower case
    username            {text}  UNIQUE,  -- nothing until onboarding
    display_name        {text}  NOT NULL DEFAULT '',
    avatar              {text},  -- the address of a picture
    bio                 {text},
    external_id         {text}  UNIQUE,  -- who it is for an identity provider outside; the document's clerkId
    role                {text}  NOT NULL DEFAULT 'viewer' CHECK (role IN ('viewer', 'creator', 'moderator', 'admin')),
    password_hash       {text},  -- argon2id in its own text form; nothing for who comes from outside
    password_changed_at {int64},
    email_verified_at   {int64},
    onboarded_at        {int64},
    disabled_at         {int64},
    follower_count      {int64} NOT NULL DEFAULT 0,
    following_count     {int64} NOT NULL DEFAULT 0,
    created_at          {int64} NOT NULL,
    updated_at          {int64} NOT NULL
);

CREATE TABLE profiles (
    id                 {text}  PRIMARY KEY,
    user_id            {text}  NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    social_links       {text}  NOT NULL DEFAULT '{}',  -- a JSON object: platform to address
    notification_email {text},
    theme              {text}  NOT NULL DEFAULT 'dark' CHECK (theme IN ('dark', 'light', 'system')),
    language           {text}  NOT NULL DEFAULT 'en',  -- a language tag (BCP 47)
    created_at         {int64} NOT NULL,
    updated_at         {int64} NOT NULL
);

CREATE TABLE follows (
    id          {text}  PRIMARY KEY,
    follower_id {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    followee_id {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at  {int64} NOT NULL,
    UNIQUE (follower_id, followee_id),
    CHECK (follower_id <> followee_id)
);

CREATE INDEX follows_by_follower ON follows (follower_id, id);
CREATE INDEX follows_by_followee ON follows (followee_id, id);

CREATE TABLE sessions (
    id           {text}  PRIMARY KEY,
    user_id      {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash   {blob}  NOT NULL UNIQUE,  -- SHA-256 of the cookie's 256 random bits
    device       {text}  NOT NULL,  -- what the browser calls itself
    address      {text}  NOT NULL,  -- where it was last seen
    created_at   {int64} NOT NULL,
    last_seen_at {int64} NOT NULL,
    confirmed_at {int64} NOT NULL,  -- when its owner last showed that it is there
    expires_at   {int64} NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Bearer tokens for programs.
CREATE TABLE access_tokens (
    id                {text}  PRIMARY KEY,
    user_id           {text}  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name              {text}  NOT NULL,
    token_hash        {blob}  NOT NULL UNIQUE,  -- SHA-256 of its 256 random bits
    last_four         {text}  NOT NULL,
    scopes            {text}  NOT NULL,  -- words with a blank between them
    created_at        {int64} NOT NULL,
    expires_at        {int64},
    last_used_at      {int64},
    last_used_address {text}
);

CREATE INDEX access_tokens_by_user ON access_tokens (user_id, id);

-- What is sent by mail, or shown on the operator's terminal, and works once.
CREATE TABLE one_time_links (
    id         {text}  PRIMARY KEY,
    kind       {text}  NOT NULL CHECK (kind IN ('verify_email', 'reset_password', 'change_email', 'first_admin')),
    user_id    {text}  REFERENCES users (id) ON DELETE CASCADE,  -- nothing where nobody has the address: asking costs the same
    email      {text}  NOT NULL,  -- the address that is proven by it
    token_hash {blob}  NOT NULL UNIQUE,
    created_at {int64} NOT NULL,
    expires_at {int64} NOT NULL
);

CREATE INDEX one_time_links_by_user ON one_time_links (user_id, kind);
CREATE INDEX one_time_links_by_end ON one_time_links (expires_at);

-- What happened to an account, for its owner and for the operator. It stays when the account goes, without its name.
CREATE TABLE account_audit (
    id         {text}  PRIMARY KEY,
    user_id    {text}  NOT NULL,
    actor      {text}  NOT NULL,  -- the account that did it; `operator` for the command line
    action     {text}  NOT NULL,
    address    {text}  NOT NULL,
    created_at {int64} NOT NULL
);

CREATE INDEX account_audit_by_user ON account_audit (user_id, id);

-- What other rooms may join with: the promise of this room about the accounts that show themselves.
CREATE VIEW user_cards AS
    SELECT id, username, display_name, avatar, role
      FROM users
     WHERE onboarded_at IS NOT NULL AND disabled_at IS NULL;
