-- The district's certificate authorities (the newest one signs) and every certificate they have issued. They belong to
-- the whole folder: district 0. The keys lie in the folder of the keys, never here.
CREATE TABLE tls_authority (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    name        TEXT    NOT NULL,
    permitted   TEXT    NOT NULL,
    root        TEXT    NOT NULL,
    issuer      TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    expires_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE TABLE tls_certificate (
    district_id  INTEGER NOT NULL,
    serial       TEXT    NOT NULL,
    authority_id {uuid}  NOT NULL,
    names        TEXT    NOT NULL,
    issued_at    BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    revoked_at   BIGINT,
    PRIMARY KEY (district_id, serial),
    FOREIGN KEY (district_id, authority_id) REFERENCES tls_authority (district_id, id)
);
