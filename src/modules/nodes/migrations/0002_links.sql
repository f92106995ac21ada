-- Lines (线路): what a school is joined by, and what of it big things may take. What is empty is as the district's usual.
CREATE TABLE link (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    org_id        {uuid}  NOT NULL,
    tier          TEXT    NOT NULL,
    medium        TEXT    NOT NULL,
    down_kbit     BIGINT  NOT NULL,
    up_kbit       BIGINT  NOT NULL,
    operator_name TEXT    NOT NULL,
    since         DATE,
    ipv6          BOOLEAN,
    windows       TEXT    NOT NULL,
    cap_kbit      BIGINT,
    day_percent   INTEGER,
    note          TEXT    NOT NULL,
    changed_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE UNIQUE INDEX link_org ON link (district_id, org_id, tier);

-- What a line was before: upgrades over the years. Stays where it is written.
CREATE TABLE link_change (
    district_id   INTEGER NOT NULL,
    link_id       {uuid}  NOT NULL,
    number        INTEGER NOT NULL,
    medium        TEXT    NOT NULL,
    down_kbit     BIGINT  NOT NULL,
    up_kbit       BIGINT  NOT NULL,
    operator_name TEXT    NOT NULL,
    since         DATE,
    ipv6          BOOLEAN,
    changed_at    BIGINT  NOT NULL,
    PRIMARY KEY (district_id, link_id, number)
);

-- One measurement of a line (测速). Rates and loss that were not measured are absent.
CREATE TABLE link_probe (
    district_id   INTEGER NOT NULL,
    id            {uuid}  NOT NULL,
    org_id        {uuid}  NOT NULL,
    measured_at   BIGINT  NOT NULL,
    source        TEXT    NOT NULL,
    down_kbit     BIGINT,
    up_kbit       BIGINT,
    latency_ms    INTEGER,
    loss_permille INTEGER,
    ipv4          BOOLEAN,
    ipv6          BOOLEAN,
    bytes         BIGINT  NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX link_probe_org ON link_probe (district_id, org_id, measured_at);

-- A day of measurements; made of link_probe and kept when its rows are gone.
CREATE TABLE link_day (
    district_id    INTEGER NOT NULL,
    org_id         {uuid}  NOT NULL,
    day            DATE    NOT NULL,
    kind           TEXT    NOT NULL,
    samples        INTEGER NOT NULL,
    down_p50       BIGINT,
    down_p10       BIGINT,
    daytime_p50    BIGINT,
    up_p50         BIGINT,
    up_p10         BIGINT,
    latency_p50    INTEGER,
    loss_permille  INTEGER,
    ipv6           BOOLEAN,
    PRIMARY KEY (district_id, org_id, day, kind)
);

-- When the line to the parent was down.
CREATE TABLE link_outage (
    district_id  INTEGER NOT NULL,
    id           {uuid}  NOT NULL,
    org_id       {uuid}  NOT NULL,
    from_at      BIGINT  NOT NULL,
    until_at     BIGINT,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX link_outage_org ON link_outage (district_id, org_id, from_at);

-- What the school did in the hours of an outage.
CREATE TABLE link_outage_hour (
    district_id  INTEGER NOT NULL,
    outage_id    {uuid}  NOT NULL,
    hour_at      BIGINT  NOT NULL,
    down_minutes INTEGER NOT NULL,
    school       BOOLEAN NOT NULL,
    served       BIGINT  NOT NULL,
    failed       BIGINT  NOT NULL,
    sign_ins     BIGINT  NOT NULL,
    lessons      BIGINT  NOT NULL,
    PRIMARY KEY (district_id, outage_id, hour_at)
);

-- How a place says it is, beside what comes with every contact.
CREATE TABLE node_health (
    district_id  INTEGER NOT NULL,
    node_id      {uuid}  NOT NULL,
    said_at      BIGINT  NOT NULL,
    uptime_s     BIGINT  NOT NULL,
    disk_total   BIGINT  NOT NULL,
    data_bytes   BIGINT  NOT NULL,
    backup_at    BIGINT,
    backup_bytes BIGINT  NOT NULL,
    backup_fault TEXT    NOT NULL,
    probe_wanted BOOLEAN NOT NULL,
    PRIMARY KEY (district_id, node_id)
);
