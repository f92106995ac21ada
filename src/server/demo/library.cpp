#include "server/demo/library.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/embedded.hpp"
#include "core/json.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_bulk.hpp"
#include "modules/workflow/service.hpp"

namespace santong::server::demo {

namespace {

constexpr std::size_t resource_count = 1200, in_review_count = 140;
constexpr int review_days = 3;

/// manifest.json of demo/content, as far as it is needed here.
struct ManifestFile {
    std::string file, title, kind, media_type, subject, licence, source, attribution, thumbnail;
    std::int32_t grade_from = 1, grade_to = 12;
    std::optional<std::string> chapter;
    std::optional<double> duration_seconds;
    std::optional<std::int32_t> pages;
};
BOOST_DESCRIBE_STRUCT(ManifestFile, (), (file, title, kind, media_type, subject, licence, source, attribution, thumbnail,
                                         grade_from, grade_to, chapter, duration_seconds, pages))
struct ManifestLesson {
    std::string key, title;
    std::int32_t hours = 1;
};
BOOST_DESCRIBE_STRUCT(ManifestLesson, (), (key, title, hours))
struct ManifestChapter {
    std::string key, title;
    std::vector<ManifestLesson> lessons;
};
BOOST_DESCRIBE_STRUCT(ManifestChapter, (), (key, title, lessons))
struct ManifestTextbook {
    std::string key, subject, edition, title;
    std::int32_t grade = 1, term = 1;
    std::vector<ManifestChapter> chapters;
};
BOOST_DESCRIBE_STRUCT(ManifestTextbook, (), (key, subject, edition, title, grade, term, chapters))
struct Manifest {
    std::vector<ManifestFile> files;
    std::vector<ManifestTextbook> textbooks;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (files, textbooks))

core::EmbeddedFile const& content(std::string const& path) {
    auto const& all = embedded::demo_content();
    auto const found = std::find_if(all.begin(), all.end(), [&](core::EmbeddedFile const& file) { return file.path == path; });
    SANTONG_ASSERT(found != all.end());
    return *found;
}

Manifest read_manifest() {
    auto const read = core::json::read<Manifest>(content("manifest.json").bytes, core::json::UnknownFields::ignore);
    SANTONG_ASSERT(read.has_value());
    return *read;
}

/// A file of the manifest once it is in the store.
struct Stored {
    ManifestFile about;
    files::FileObject file;
    files::FileObject thumbnail;
};

/// A lesson of a textbook that a resource may be filed under.
struct Place {
    std::string key, title, subject;
    int grade = 1;
    resources::TextbookId textbook;
    resources::ChapterId chapter;
};

resources::Licence licence_of(std::string const& text) {
    if (text.starts_with("CC-BY")) return resources::Licence::cc_by;
    return text == "MIT" ? resources::Licence::cc_by : resources::Licence::region_teaching;
}

/// What a teacher would call a resource of this kind.
char const* word_for(resources::Kind kind) {
    using resources::Kind;
    switch (kind) {
        case Kind::plan: return "教案";
        case Kind::slides: return "课件";
        case Kind::video: return "微课";
        case Kind::audio: return "录音";
        case Kind::picture: return "图片";
        case Kind::exercise: return "练习";
        case Kind::interactive: return "互动演示";
        case Kind::document: return "阅读材料";
        case Kind::scorm: return "自学包";
        case Kind::link: return "链接";
    }
    return "";
}

class LibraryWriter {
public:
    LibraryWriter(files::Files& files, core::AccountId const& keeper, DistrictPlan const& plan, Random random)
        : db_(files.database()), files_(files), keeper_(keeper), plan_(plan), random_(random), manifest_(read_manifest()) {}

    LibraryPlan write() {
        make_textbooks();
        store_files();
        for (std::size_t i = 0; i < resource_count; ++i) add(i);
        db_.transact(datonghu, [&](sql::Tx& tx) {
            resources::write_bulk(tx, bulk_);
            hold_files(tx);
        });
        db_.transact(datonghu, [&](sql::Tx& tx) { write_reviews(tx); });
        SANTONG_ASSERT(library_.items.size() == resource_count);
        return std::move(library_);
    }

private:
    void make_textbooks() {
        for (auto const& book : manifest_.textbooks) {
            resources::Textbook const textbook{resources::TextbookId::make(), book.key, book.title, book.subject, book.grade, book.term, book.edition};
            bulk_.textbooks.push_back(textbook);
            library_.textbooks[book.key] = textbook.id;
            int sort = 0;
            for (auto const& chapter : book.chapters) {
                auto const unit = resources::ChapterId::make();
                int hours = 0;
                for (auto const& lesson : chapter.lessons) hours += lesson.hours;
                bulk_.chapters.push_back({unit, textbook.id, {}, chapter.title, ++sort, hours});
                library_.chapters[chapter.key] = unit;
                int number = 0;
                for (auto const& lesson : chapter.lessons) {
                    auto const id = resources::ChapterId::make();
                    bulk_.chapters.push_back({id, textbook.id, unit, lesson.title, ++number, lesson.hours});
                    library_.chapters[lesson.key] = id;
                    places_.push_back({lesson.key, lesson.title, book.subject, book.grade, textbook.id, id});
                }
            }
        }
    }

    void store_files() {
        for (auto const& about : manifest_.files) {
            auto const slash = about.file.rfind('/');
            auto file = files_.keep(datonghu, {about.file.substr(slash + 1), keeper_, {}}, content(about.file).bytes);
            auto thumbnail = files_.keep(datonghu, {"thumbnail" + about.thumbnail.substr(about.thumbnail.rfind('.')), keeper_, {}},
                                         content(about.thumbnail).bytes);
            SANTONG_ASSERT(file.has_value() && thumbnail.has_value());
            stored_.push_back({about, *file, *thumbnail});
            if (auto const chapter = about.chapter) by_subject_[about.subject].push_back(stored_.size() - 1);
        }
    }

    /// The first of them are the files as they are; the rest are what other teachers filed under other lessons.
    void add(std::size_t number) {
        if (number < stored_.size()) {
            auto const& stored = stored_[number];
            auto const place = stored.about.chapter ? place_named(*stored.about.chapter) : nullptr;
            write_one(number, stored, place, stored.about.title);
            return;
        }
        Place const* place = nullptr;
        do {
            place = &random_.pick(places_);
        } while (!by_subject_.contains(place->subject));
        auto const& stored = stored_[random_.pick(by_subject_.at(place->subject))];
        auto const kind = *core::enum_parse<resources::Kind>(stored.about.kind);
        write_one(number, stored, place, place->title + " " + word_for(kind));
    }

    Place const* place_named(std::string const& key) const {
        auto const found = std::find_if(places_.begin(), places_.end(), [&](Place const& place) { return place.key == key; });
        return found == places_.end() ? nullptr : &*found;
    }

    /// A school that teaches the grade, and one of its teachers of the subject if there is one.
    std::pair<SchoolPlan const*, PersonPlan const*> author_for(int grade, std::string const& subject) {
        for (int tries = 0;; ++tries) {
            auto const& school = random_.pick(plan_.schools);
            bool const fits = (school.row.first_grade <= grade && grade <= school.row.last_grade) || tries > 40;
            if (!fits || (!school.row.central && random_.chance(0.6))) continue;
            for (std::size_t i = 3; i < school.teachers.size(); ++i) {
                if (school.teachers[i].subject == subject && random_.chance(0.5)) return {&school, &school.teachers[i]};
            }
            return {&school, &school.teachers[3 + random_.below(school.teachers.size() - 3)]};
        }
    }

    void write_one(std::size_t number, Stored const& stored, Place const* place, std::string const& title) {
        using resources::Scope;
        auto const& about = stored.about;
        resources::Resource row;
        row.id = resources::ResourceId::make();
        row.title = title;
        row.kind = *core::enum_parse<resources::Kind>(about.kind);
        row.subject = place ? place->subject : about.subject;
        row.grade_from = place ? place->grade : about.grade_from;
        row.grade_to = place ? place->grade : about.grade_to;
        row.stage = resources::stage_of_grade(row.grade_from);
        row.description = "演示资源，内容由演示文件代替。";
        if (place) {
            row.textbook_id = place->textbook;
            row.chapter_id = place->chapter;
        }
        row.licence = licence_of(about.licence);
        row.source = about.source == "own" ? resources::Source::own_work : resources::Source::adapted;
        row.source_note = about.attribution;
        auto const [school, author] = author_for(row.grade_from, row.subject);
        row.owner_person = author->id;
        row.school_id = school->id;
        row.created_at = core::Zone{}.at(term_start.plus_days(random_.between(0, 70)), random_.between(480, 1000));
        row.updated_at = row.created_at;
        bool const reviewing = number >= resource_count - in_review_count;
        row.scope = reviewing ? Scope::self : number < stored_.size() || random_.chance(0.55) ? Scope::district : Scope::school;
        row.wished_scope = reviewing ? Scope::district : row.scope;
        row.state = reviewing ? resources::State::in_review : resources::State::published;
        row.in_review = reviewing;
        row.current_version = reviewing ? 0 : 1;
        row.latest_version = 1;
        if (!reviewing) row.published_at = row.created_at.plus_days(random_.between(1, 4));
        bulk_.resources.push_back(row);
        bulk_.versions.push_back(version_of(row, stored));
        library_.items.push_back({row.id, row.subject, row.grade_from, row.grade_to, !reviewing, place ? place->key : "", row.kind});
    }

    static resources::Version version_of(resources::Resource const& row, Stored const& stored) {
        resources::Version version;
        version.resource_id = row.id;
        version.file_id = stored.file.id;
        version.media_type = stored.file.media_type;
        version.size = stored.file.size;
        version.sha256 = stored.file.sha256;
        version.pages = stored.about.pages.value_or(0);
        version.duration_seconds = static_cast<int>(stored.about.duration_seconds.value_or(0) + 0.5);
        version.thumbnail_file_id = stored.thumbnail.id;
        version.created_at = row.created_at;
        return version;
    }

    void hold_files(sql::Tx& tx) {
        for (std::size_t i = 0; i < bulk_.versions.size(); ++i) {
            auto const& version = bulk_.versions[i];
            auto const holder = resources::file_holder(version.resource_id, version.number);
            SANTONG_ASSERT(files_.hold(tx, *version.file_id, "resources.Resource", holder).has_value());
            SANTONG_ASSERT(files_.hold(tx, *version.thumbnail_file_id, "resources.Resource", holder).has_value());
        }
    }

    PersonId head_of(SchoolPlan const& school, std::string const& subject) const {
        for (std::size_t i = 3; i < school.teachers.size(); ++i) {
            if (school.teachers[i].subject == subject) return school.teachers[i].id;
        }
        return school.teachers[1].id;
    }

    void write_reviews(sql::Tx& tx) {
        workflow::BulkItems bulk;
        auto const path = workflow::path_of(tx, "resource", "district");
        for (std::size_t i = resource_count - in_review_count; i < resource_count; ++i) add_review(bulk, path, i);
        workflow::write_bulk(tx, bulk);
    }

    void add_review(workflow::BulkItems& bulk, workflow::PathId const& path, std::size_t number) {
        auto const& row = bulk_.resources[number];
        auto const& version = bulk_.versions[number];
        auto const& school = *std::find_if(plan_.schools.begin(), plan_.schools.end(), [&](SchoolPlan const& s) { return s.id == row.school_id; });
        bool const county = number % 7 != 0;
        workflow::Item item;
        item.id = workflow::ItemId::make();
        item.subject_kind = "resource";
        item.subject_id = row.id.text();
        item.title = row.title;
        item.path_id = path;
        item.scope = "district";
        item.submitter_person = row.owner_person;
        item.origin_school_id = row.school_id;
        item.subject_code = row.subject;
        item.facts.value = facts_of(row, version);
        item.step_number = county ? 3 : 2;
        auto const opened = core::Zone{}.at(demo_today.plus_days(-random_.between(1, 6)), random_.between(480, 1020));
        item.opened_at = opened;
        item.step_since = county ? opened.plus_seconds(random_.between(3600, 80'000)) : opened;
        item.due_at = workflow::due_after(item.step_since, review_days, core::Zone{});
        for (auto const& rule : workflow::usual_path("district")) {
            bool const above = rule.pool_level == workflow::PoolLevel::county;
            bulk.steps.push_back({item.id, 1, rule.number, rule.name, rule.pool_role, above ? plan_.county : school.id,
                                  rule.needs_subject ? row.subject : "", rule.days, false});
        }
        auto const& current = bulk.steps[bulk.steps.size() - (county ? 1 : 2)];
        item.pool_role = current.pool_role;
        item.pool_org_id = current.pool_org_id;
        item.pool_subject = current.pool_subject;
        add_decisions(bulk, item, school, county);
        bulk.items.push_back(std::move(item));
    }

    void add_decisions(workflow::BulkItems& bulk, workflow::Item const& item, SchoolPlan const& school, bool county) {
        using workflow::DecisionKind;
        auto const decide = [&](int step, PersonId const& person, DecisionKind kind, core::Instant at) {
            bulk.decisions.push_back({workflow::DecisionId::make(), item.id, 1, step, person, kind, "", {"[]"}, at});
        };
        decide(0, item.submitter_person, DecisionKind::submit, item.opened_at);
        decide(1, head_of(school, item.subject_code), DecisionKind::approve, item.opened_at.plus_seconds(1200));
        if (county) decide(2, school.teachers[1].id, DecisionKind::approve, item.step_since);
    }

    static std::string facts_of(resources::Resource const& row, resources::Version const& version) {
        std::string json = R"({"kind":")" + std::string(core::enum_text(row.kind)) + R"(","media_type":)";
        core::json::write_string(json, version.media_type);
        json += ",\"pages\":" + std::to_string(version.pages) + ",\"duration_seconds\":" + std::to_string(version.duration_seconds);
        json += ",\"grade_from\":" + std::to_string(row.grade_from) + ",\"grade_to\":" + std::to_string(row.grade_to);
        return json + ",\"version\":1,\"chapter_title\":\"\"}";
    }

    sql::Database& db_;
    files::Files& files_;
    core::AccountId keeper_;
    DistrictPlan const& plan_;
    Random random_;
    Manifest manifest_;
    LibraryPlan library_;
    resources::BulkResources bulk_;
    std::vector<Place> places_;
    std::vector<Stored> stored_;
    std::map<std::string, std::vector<std::size_t>> by_subject_;  ///< stored files by subject
};

}  // namespace

LibraryPlan write_library(files::Files& files, core::AccountId const& keeper, DistrictPlan const& plan, Random random) {
    return LibraryWriter(files, keeper, plan, random).write();
}

}  // namespace santong::server::demo
