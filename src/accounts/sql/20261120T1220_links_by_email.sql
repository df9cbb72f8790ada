-- Made anew, and without a reference to users: a reference is looked up and locked, so that a link for somebody took longer than one for nobody.
DROP TABLE one_time_links;

CREATE TABLE one_time_links (
    id         {text}  PRIMARY KEY,
    kind       {text}  NOT NULL CHECK (kind IN ('verify_email', 'reset_password', 'change_email', 'first_admin')),
    user_id    {text},  -- nothing where nobody has the address: asking costs the same
    email      {text}  NOT NULL,  -- the address that is proven by it
    token_hash {blob}  NOT NULL UNIQUE,
    created_at {int64} NOT NULL,
    expires_at {int64} NOT NULL
);

CREATE INDEX one_time_links_by_user ON one_time_links (user_id, kind);
CREATE INDEX one_time_links_by_email ON one_time_links (email, kind);
CREATE INDEX one_time_links_by_end ON one_time_links (expires_at);
