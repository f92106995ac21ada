-- Push rules (推送规则): what goes to whom by itself. They stay where they are made.
CREATE TABLE push_rule (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    title        TEXT    NOT NULL,
    active       BOOLEAN NOT NULL,
    school_kinds {json}  NOT NULL,
    grade_from   INTEGER NOT NULL,
    grade_to     INTEGER NOT NULL,
    subject      TEXT    NOT NULL,
    chapter_id   {uuid},
    what         TEXT    NOT NULL,
    due          TEXT    NOT NULL,
    weekday      INTEGER NOT NULL,
    minute       INTEGER NOT NULL,
    days_ahead   INTEGER NOT NULL,
    priority     TEXT    NOT NULL,
    made_by      {uuid}  NOT NULL,
    created_at   BIGINT  NOT NULL,
    updated_at   BIGINT  NOT NULL,
    last_run_on  DATE,
    PRIMARY KEY (district_id, id)
);

-- Push orders (推送单): things × schools. They go down to the schools in them.
CREATE TABLE push_order (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    title       TEXT    NOT NULL,
    rule_id     {uuid},
    rule_key    TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    grade_from  INTEGER NOT NULL,
    grade_to    INTEGER NOT NULL,
    chapter_id  {uuid},
    priority    TEXT    NOT NULL,
    rank        BIGINT  NOT NULL,
    state       TEXT    NOT NULL,
    made_by     {uuid}  NOT NULL,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL,
    ended_at    BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX push_order_by_state ON push_order (district_id, state, created_at);
-- A rule makes each of its orders once.
CREATE UNIQUE INDEX push_order_of_rule ON push_order (district_id, rule_id, rule_key) WHERE rule_id IS NOT NULL;
CREATE TABLE push_item (
    district_id INTEGER NOT NULL,
    order_id    {uuid}  NOT NULL,
    sort        INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    version     INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    pack_id     {uuid},
    size        BIGINT  NOT NULL,
    PRIMARY KEY (district_id, order_id, resource_id)
);
CREATE INDEX push_item_of_resource ON push_item (district_id, resource_id);
CREATE TABLE push_content (
    district_id INTEGER NOT NULL,
    order_id    {uuid}  NOT NULL,
    sort        INTEGER NOT NULL,
    resource_id {uuid}  NOT NULL,
    sha256      TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    PRIMARY KEY (district_id, order_id, sha256)
);
CREATE INDEX push_content_by_digest ON push_content (district_id, sha256);
CREATE TABLE push_target (
    district_id INTEGER NOT NULL,
    order_id    {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    due_at      BIGINT,
    due_period  INTEGER NOT NULL,
    due_class   {uuid},
    moved       BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, order_id, school_id)
);
CREATE INDEX push_target_of_school ON push_target (district_id, school_id);
CREATE INDEX push_target_by_due ON push_target (district_id, due_at);

-- Receipts (回执): what of an order is at a school, since when, by which way, whether it was used. They go up.
CREATE TABLE push_receipt (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    order_id      {uuid}  NOT NULL,
    school_id     {uuid}  NOT NULL,
    contents      INTEGER NOT NULL,
    contents_here INTEGER NOT NULL,
    bytes         BIGINT  NOT NULL,
    bytes_here    BIGINT  NOT NULL,
    line_bytes    BIGINT  NOT NULL,
    way           TEXT    NOT NULL,
    first_at      BIGINT,
    whole_at      BIGINT,
    checked_at    BIGINT,
    uses          BIGINT  NOT NULL,
    used_at       BIGINT,
    last_used_at  BIGINT,
    updated_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, order_id, school_id)
);
CREATE INDEX push_receipt_of_school ON push_receipt (district_id, school_id, whole_at);

-- By which way contents came to this place. It stays here.
CREATE TABLE push_arrival (
    district_id INTEGER NOT NULL,
    sha256      TEXT    NOT NULL,
    way         TEXT    NOT NULL,
    line_bytes  BIGINT  NOT NULL,
    arrived_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, sha256)
);

-- Requests (索取): a teacher wants a thing at his school. Both sides know of them.
CREATE TABLE push_request (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    person_id   {uuid}  NOT NULL,
    speed       TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    size        BIGINT  NOT NULL,
    asked_at    BIGINT  NOT NULL,
    expected_at BIGINT,
    arrived_at  BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX push_request_of_person ON push_request (district_id, person_id, asked_at);
CREATE INDEX push_request_open ON push_request (district_id, state, school_id);
CREATE UNIQUE INDEX push_request_once ON push_request (district_id, person_id, resource_id) WHERE state = 'waiting';

-- Recall receipts (撤回回执): a school's box has taken a resource away. They go up.
CREATE TABLE push_recall (
    district_id INTEGER NOT NULL,
    id          {uuid}  NOT NULL,
    resource_id {uuid}  NOT NULL,
    school_id   {uuid}  NOT NULL,
    was_here    BOOLEAN NOT NULL,
    in_class    BOOLEAN NOT NULL,
    removed_at  BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX push_recall_of_resource ON push_recall (district_id, resource_id);
