-- For SQLite and PostgreSQL alike: only what both have. Times are milliseconds since 1970.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    permissions TEXT NOT NULL, -- names, separated by commas
    create_at BIGINT NOT NULL
);

-- An access token itself is nowhere: only its SHA-256, in hexadecimal.
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    create_at BIGINT NOT NULL,
    expires_at BIGINT -- null: never
);

CREATE INDEX tokens_of_user ON tokens (user_id);

CREATE TABLE apps (
    id TEXT PRIMARY KEY,
    creator_id TEXT NOT NULL, -- empty: a client that registered itself
    secret TEXT NOT NULL, -- encrypted; empty: a public client
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    icon_url TEXT NOT NULL,
    callback_urls TEXT NOT NULL, -- a JSON array
    homepage TEXT NOT NULL,
    is_trusted BOOLEAN NOT NULL,
    is_dynamically_registered BOOLEAN NOT NULL,
    create_at BIGINT NOT NULL,
    update_at BIGINT NOT NULL
);

-- Pages are in this order.
CREATE INDEX apps_by_age ON apps (create_at, id);
CREATE INDEX apps_of_creator ON apps (creator_id, create_at, id);

CREATE TABLE authorizations (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    create_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, app_id)
);

CREATE INDEX authorizations_of_app ON authorizations (app_id);
