-- A stored file as people see it: a name and a right to it. Its bytes lie in the content store under their SHA-256.
CREATE TABLE file_object (
    district_id INTEGER NOT NULL,
    id {uuid} NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    created_by {uuid} NOT NULL,
    created_at BIGINT NOT NULL,
    scope_org_id {uuid},
    state TEXT NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX file_object_by_content ON file_object (district_id, sha256);
CREATE INDEX file_object_by_maker ON file_object (district_id, created_by);

-- Who uses a file. A file that nobody uses is removed after a grace time.
CREATE TABLE file_reference (
    district_id INTEGER NOT NULL,
    file_id {uuid} NOT NULL,
    holder_type TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (district_id, file_id, holder_type, holder_id),
    FOREIGN KEY (district_id, file_id) REFERENCES file_object (district_id, id)
);
CREATE INDEX file_reference_by_holder ON file_reference (district_id, holder_type, holder_id);

-- What was made from a file: a thumbnail, a preview, a transcript. It lives as long as its source.
CREATE TABLE file_derived (
    district_id INTEGER NOT NULL,
    file_id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    derived_id {uuid} NOT NULL,
    PRIMARY KEY (district_id, file_id, kind),
    FOREIGN KEY (district_id, file_id) REFERENCES file_object (district_id, id),
    FOREIGN KEY (district_id, derived_id) REFERENCES file_object (district_id, id)
);
CREATE INDEX file_derived_by_derived ON file_derived (district_id, derived_id);

-- An upload under way (tus 1.0). `received` is what was acknowledged; never more than lies on disk.
CREATE TABLE file_upload (
    district_id INTEGER NOT NULL,
    id {uuid} NOT NULL,
    owner {uuid} NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    name TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    file_id {uuid},
    problem_key TEXT NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX file_upload_by_owner ON file_upload (district_id, owner, state);
CREATE INDEX file_upload_by_expiry ON file_upload (district_id, expires_at);
