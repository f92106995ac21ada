"""A OneRoster 1.2 bundle of an invented district: 20 schools, 200 classes, 8,420 pupils, 650 staff. The same every time."""
import csv
import io
import random
import sys
import zipfile

FILES = ("academicSessions categories classes classResources courses courseResources demographics enrollments "
         "lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources resultLearningObjectiveIds results "
         "resultScoreScales roles scoreScales userProfiles userResources users").split()
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红鹏辉梅鑫波斌宇浩凯健俊帆帅雪琳晨阳欣怡子涵雨轩梓诺一鸣思远佳慧嘉乐"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen_number(birth: str, serial: int) -> str:
    body = "430971" + birth.replace("-", "") + f"{serial % 1000:03}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, WEIGHTS)) % 11]


class Bundle:
    def __init__(self, pupils: int = 8420, staff: int = 650, guardians: bool = False):
        self.rng = random.Random(1)
        self.tables: dict[str, list[dict]] = {name: [] for name in FILES}
        self.guardians = guardians
        self.serial = 0
        self.places()
        self.staff(staff)
        self.pupils(pupils)

    def add(self, table: str, **columns: str) -> None:
        self.tables[table].append(columns)

    def name(self) -> dict:
        given = "".join(self.rng.choice(GIVEN) for _ in range(self.rng.choice((1, 2, 2))))
        return {"familyName": self.rng.choice(FAMILY), "givenName": given}

    def places(self) -> None:
        self.add("orgs", sourcedId="d", name="大通湖区", type="district", identifier="430971")
        for town in range(4):
            self.add("orgs", sourcedId=f"t{town}", name=f"第{town + 1}镇", type="local", parentSourcedId="d")
        self.add("academicSessions", sourcedId="y", title="2014—2015学年", type="schoolYear", startDate="2014-09-01",
                 endDate="2015-07-10", schoolYear="2015")
        for number, (start, end) in enumerate((("2014-09-01", "2015-01-30"), ("2015-03-02", "2015-07-10"))):
            self.add("academicSessions", sourcedId=f"s{number}", title=f"第{number + 1}学期", type="semester",
                     startDate=start, endDate=end, parentSourcedId="y", schoolYear="2015")
        self.schools = [f"sch{n}" for n in range(20)]
        self.classes: list[tuple[str, str, int]] = []
        for n, school in enumerate(self.schools):
            self.add("orgs", sourcedId=school, name=f"第{n + 1}学校", type="school", parentSourcedId=f"t{n % 4}",
                     identifier=f"21430{n:05}")
            self.add("courses", sourcedId=f"c{n}", title="行政班", orgSourcedId=school)
        for n in range(200):
            school, grade, number = self.schools[n % 20], (n // 20) % 6 + 1 + (6 if n % 20 < 5 else 0), n // 120 + 1
            grade = min(grade, 9) if grade > 6 else grade
            group = f"k{n}"
            self.classes.append((group, school, grade))
            self.add("classes", sourcedId=group, title=f"{n + 1}班", grades=f"{grade:02}",
                     courseSourcedId=f"c{n % 20}", classCode=str(n), classType="homeroom", schoolSourcedId=school,
                     termSourcedIds="s0,s1")

    def staff(self, count: int) -> None:
        for n in range(count):
            school, user = self.schools[n % 20], f"u{n}"
            self.add("users", sourcedId=user, enabledUser="true", username=f"teacher{n}", identifier=f"T{n:06}",
                     sms=f"138{n:08}", **self.name())
            self.add("roles", sourcedId=f"r{n}", userSourcedId=user, roleType="primary",
                     role="principal" if n < 20 else "teacher", orgSourcedId=school)
            if 20 <= n < 220:
                group, at, _ = self.classes[n - 20]
                self.add("enrollments", sourcedId=f"h{n}", classSourcedId=group, schoolSourcedId=at,
                         userSourcedId=user, role="teacher", primary="true")

    def pupils(self, count: int) -> None:
        for n in range(count):
            group, school, grade = self.classes[n % 200]
            user = f"p{n}"
            birth = f"{2008 - grade}-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"
            agent = ""
            if self.guardians:
                agent = f"g{n}"
                self.add("users", sourcedId=agent, enabledUser="true", username=f"parent{n}", sms=f"139{n:08}",
                         **self.name())
                self.add("roles", sourcedId=f"gr{n}", userSourcedId=agent, roleType="primary", role="parent",
                         orgSourcedId=school)
            self.add("users", sourcedId=user, enabledUser="true", username=f"pupil{n}", agentSourcedIds=agent,
                     userIds="{学籍号:G" + citizen_number(birth, n) + "}", grades=f"{grade:02}", **self.name())
            self.add("roles", sourcedId=f"pr{n}", userSourcedId=user, roleType="primary", role="student",
                     orgSourcedId=school)
            self.add("enrollments", sourcedId=f"e{n}", classSourcedId=group, schoolSourcedId=school,
                     userSourcedId=user, role="student", primary="false", beginDate="2014-09-01")
            self.add("demographics", sourcedId=user, birthDate=birth, sex=self.rng.choice(("male", "female")))

    def write(self, path: str) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", "1.2")]
            manifest += [(f"file.{name}", "bulk" if self.tables[name] else "absent") for name in FILES]
            manifest += [("source.systemName", "bench"), ("source.systemCode", "bench")]
            archive.writestr("manifest.csv", text(manifest))
            for name, rows in self.tables.items():
                if rows:
                    archive.writestr(f"{name}.csv", text(self.lines(name, rows)))

    @staticmethod
    def lines(name: str, rows: list[dict]) -> list[list[str]]:
        header = ["sourcedId", "status", "dateLastModified"]
        for row in rows:
            header += [column for column in row if column not in header]
        return [header] + [[row.get(column, "") for column in header] for row in rows]


def text(rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    Bundle(guardians=len(sys.argv) > 2).write(sys.argv[1])
