#include "server/demo/intake.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/assert.hpp"
#include "core/embedded.hpp"
#include "modules/resources/service_intake_local.hpp"
#include "platform/auth/accounts.hpp"
#include "server/parts.hpp"

namespace santong::server::demo {

namespace fs = std::filesystem;

namespace {

/// A file of the teacher's old folder: made from one of demo/content; `own` = with bytes that nobody else has.
struct OldFile {
    char const* path = "";
    char const* content = "";
    bool own = true;
};

constexpr OldFile old_files[] = {
    {"五年级上册/多边形的面积/平行四边形的面积 教案（2009）.pdf", "pdf/parallelogram-plan.pdf"},
    {"五年级上册/多边形的面积/平行四边形的面积 练习.pdf", "pdf/parallelogram-exercise.pdf"},
    {"五年级上册/多边形的面积/三角形的面积 教案.pdf", "pdf/triangle-plan.pdf", false},
    {"五年级上册/多边形的面积/梯形的面积 教案.pdf", "pdf/trapezium-plan.pdf"},
    {"五年级上册/多边形的面积/备份/梯形的面积 教案(1).pdf", "pdf/trapezium-plan.pdf"},
    {"五年级上册/小数乘法/小数乘小数 练习.pdf", "pdf/decimal-times-exercise.pdf"},
    {"五年级上册/小数除法/小数除法 练习.pdf", "pdf/decimal-divide-exercise.pdf"},
    {"五年级上册/简易方程/解方程 练习.pdf", "pdf/equation-exercise.pdf"},
    {"四年级上册/除数是两位数的除法/笔算 练习.pdf", "pdf/multi-digit-exercise.pdf"},
    {"公开课/评课记录.pdf", "pdf/fraction-plan.pdf"},
    {"公开课/湿地里的数学.pdf", "pdf/wetland-reading.pdf"},
    {"公开课/安全练习.pdf", "pdf/safety-exercise.pdf", false},
};

std::string_view old_content(std::string_view path) {
    auto const& all = embedded::demo_content();
    auto const found = std::ranges::find(all, path, &core::EmbeddedFile::path);
    SANTONG_ASSERT(found != all.end());
    return found->bytes;
}

/// The folder, gone with this.
class OldFolder {
public:
    explicit OldFolder(fs::path const& working) : working_(working), folder_(working / "数学资料2009") {
        for (auto const& file : old_files) {
            // Readers of PDF find their way from the end and take a comment there.
            std::string bytes(old_content(file.content));
            if (file.own) bytes += "\n% 2009\n%%EOF\n";
            put(file.path, bytes);
        }
        put("五年级上册/Thumbs.db", "thumbnails");
        put("autorun.inf", "[autorun]\r\nopen=start.exe\r\n");
        put("start.exe", "MZ");
        put("公开课/坏了的课件.pdf", "%PDF-1.4 cut off");
    }
    ~OldFolder() {
        std::error_code ignored;
        fs::remove_all(working_, ignored);
    }
    OldFolder(OldFolder const&) = delete;
    OldFolder& operator=(OldFolder const&) = delete;
    fs::path const& path() const { return folder_; }

private:
    void put(std::string const& name, std::string_view bytes) const {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }

    fs::path working_;
    fs::path folder_;
};

OrgId old_school_of(DistrictPlan const& plan, PersonId const& teacher) {
    for (auto const& school : plan.schools) {
        if (std::ranges::find(school.teachers, teacher, &PersonPlan::id) != school.teachers.end()) return school.id;
    }
    SANTONG_ASSERT(false);
    return {};
}

}  // namespace

void write_intake(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                  std::string const& working) {
    auto& db = files.database();
    auto const& teacher = *std::ranges::find(accounts, "teacher", &RoleAccount::role);
    auto const account =
        db.read(datonghu, [&](sql::Tx& tx) { return auth::accounts_of(tx, {teacher.person.id}).at(0).id; });
    core::FixedClock const clock(core::Zone{}.at(demo_today.plus_days(-2), 16 * 60 + 20));
    jobs::Jobs jobs(db, files, machine_clock());
    jobs::RunnerOptions options;
    options.districts = {datonghu};
    jobs::JobRunner runner(jobs, nullptr, options);
    resources::IntakePlace const place{db, files, jobs, clock, working + "/copies"};
    resources::register_intake_jobs(runner, place);
    auto const owner = resources::owner_caller(place.library(), datonghu, account, teacher.person.id);
    OldFolder const folder{fs::path(working)};
    auto const begun = resources::bring(place, owner, {folder.path(), old_school_of(plan, teacher.person.id)},
                                        [](std::string const&, std::int64_t, std::int64_t) {});
    SANTONG_ASSERT(begun.has_value() && resources::work_on(place.library(), owner, begun->id).has_value());
    while (runner.run_one()) {}
    auto const done = resources::intake(place.library(), owner, begun->id);
    SANTONG_ASSERT(done.has_value() && done->state == resources::IntakeState::ready);
    for (auto const* verdict : {"sure", "unsure", "duplicate", "refused", "junk"})
        SANTONG_ASSERT(done->counts.contains(verdict));
}

}  // namespace santong::server::demo
