-- Places below this one that run the program themselves.
CREATE TABLE node (
    district_id     INTEGER NOT NULL,
    id              {uuid}  NOT NULL,
    org_id          {uuid}  NOT NULL,
    open_key        TEXT    NOT NULL,
    link_key_id     TEXT    NOT NULL,
    link_key        {bytes} NOT NULL,
    state           TEXT    NOT NULL,
    joined_at       BIGINT  NOT NULL,
    revoked_at      BIGINT,
    last_contact_at BIGINT,
    version         TEXT    NOT NULL,
    down_cursor     TEXT    NOT NULL,
    last_seq        BIGINT  NOT NULL,
    waiting_up      BIGINT  NOT NULL,
    parked_below    BIGINT  NOT NULL,
    clock_ahead_ms  BIGINT  NOT NULL,
    disk_free       BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX node_org ON node (district_id, org_id) WHERE state = 'active';

-- One-time codes with which a place joins. Only a keyed hash is kept; unique in the whole system.
CREATE TABLE node_invitation (
    code        TEXT    NOT NULL PRIMARY KEY,
    district_id INTEGER NOT NULL,
    org_id      {uuid}  NOT NULL,
    made_at     BIGINT  NOT NULL,
    expires_at  BIGINT  NOT NULL
);
CREATE INDEX node_invitation_org ON node_invitation (district_id, org_id);
