-- Accounts, sessions and grants. Times are UTC milliseconds.

-- Directory over the whole system: a login is unique in it, whichever district owns the account.
CREATE TABLE auth_login (
    login TEXT NOT NULL PRIMARY KEY,
    district_id INTEGER NOT NULL,
    account_id {uuid} NOT NULL
);

CREATE TABLE auth_account (
    district_id INTEGER NOT NULL,
    id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    login TEXT NOT NULL,
    status TEXT NOT NULL,
    status_before TEXT NOT NULL,
    password_hash TEXT,
    must_change BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    password_changed_at BIGINT,
    last_sign_in_at BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX auth_account_person ON auth_account (district_id, person_id);
CREATE INDEX auth_account_login ON auth_account (district_id, login);

-- One-time codes of the printed slips, as keyed hashes.
CREATE TABLE auth_code (
    district_id INTEGER NOT NULL,
    account_id {uuid} NOT NULL,
    mac TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, account_id)
);

-- PINs of pupils, for the computer room only.
CREATE TABLE auth_pin (
    district_id INTEGER NOT NULL,
    account_id {uuid} NOT NULL,
    pin_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, account_id)
);

CREATE TABLE auth_totp (
    district_id INTEGER NOT NULL,
    account_id {uuid} NOT NULL,
    key_id TEXT NOT NULL,
    sealed {bytes} NOT NULL,
    confirmed BOOLEAN NOT NULL,
    last_step BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, account_id)
);

CREATE TABLE auth_grant (
    district_id INTEGER NOT NULL,
    id {uuid} NOT NULL,
    person_id {uuid} NOT NULL,
    role TEXT NOT NULL,
    org_id {uuid} NOT NULL,
    subject TEXT NOT NULL,
    from_date DATE NOT NULL,
    to_date DATE,
    granted_by {uuid},
    made_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX auth_grant_person ON auth_grant (district_id, person_id);
CREATE INDEX auth_grant_org ON auth_grant (district_id, org_id, role);

CREATE TABLE auth_session (
    district_id INTEGER NOT NULL,
    token_hash TEXT NOT NULL,
    id {uuid} NOT NULL,
    account_id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    csrf TEXT NOT NULL,
    client TEXT NOT NULL,
    agent TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, token_hash)
);
CREATE INDEX auth_session_account ON auth_session (district_id, account_id);
CREATE INDEX auth_session_expiry ON auth_session (district_id, expires_at);

-- From which addresses an account signed in lately: those are not held up when the address is throttled.
CREATE TABLE auth_known_client (
    district_id INTEGER NOT NULL,
    account_id {uuid} NOT NULL,
    client TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, account_id, client)
);
CREATE INDEX auth_known_client_address ON auth_known_client (district_id, client, last_at);

-- Failed tries by keyed hash of a login, an address, a pupil or a class: kept for minutes, over the whole system.
CREATE TABLE auth_throttle (
    key TEXT NOT NULL PRIMARY KEY,
    tries INTEGER NOT NULL,
    window_ends_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);
CREATE INDEX auth_throttle_expiry ON auth_throttle (window_ends_at);

-- A class whose pupils may sign in by PIN just now.
CREATE TABLE auth_class_window (
    district_id INTEGER NOT NULL,
    class_id {uuid} NOT NULL,
    opened_by {uuid} NOT NULL,
    opened_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, class_id)
);

-- A classroom screen that waits for its teacher; it belongs to no district until he approves.
CREATE TABLE auth_pairing (
    code TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    client TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    district_id INTEGER,
    account_id {uuid}
);
CREATE UNIQUE INDEX auth_pairing_secret ON auth_pairing (secret_hash);
