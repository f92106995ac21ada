#include "server/demo/library.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/embedded.hpp"
#include "core/json.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_bulk.hpp"
#include "modules/resources/service_pack.hpp"
#include "server/demo/dress.hpp"
#include "server/demo/reviews.hpp"

namespace santong::server::demo {

namespace {

constexpr std::size_t resource_count = 1200, in_review_count = 140, link_count = 6;
/// Of what is given, what teachers of other schools take into their lessons; the rest stays where it was made.
constexpr double travelling_share = 0.48;

/// manifest.json of demo/content, as far as it is needed here.
struct ManifestFile {
    std::string file, title, kind, media_type, subject, licence, source, attribution, thumbnail;
    std::int32_t grade_from = 1, grade_to = 12;
    std::optional<std::string> chapter;
    std::optional<double> duration_seconds;
    std::optional<std::int32_t> pages;
};
BOOST_DESCRIBE_STRUCT(ManifestFile, (),
                      (file, title, kind, media_type, subject, licence, source, attribution, thumbnail, grade_from,
                       grade_to, chapter, duration_seconds, pages))
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

core::EmbeddedFile const* find_content(std::string const& path) {
    auto const& all = embedded::demo_content();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](core::EmbeddedFile const& file) { return file.path == path; });
    return found == all.end() ? nullptr : &*found;
}

core::EmbeddedFile const& content(std::string const& path) {
    auto const* const found = find_content(path);
    SANTONG_ASSERT(found != nullptr);
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
    std::optional<core::FileId> preview;  ///< of an office file: the PDF beside it in `preview/`
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

/// How common each kind is in a library; drawn among those kinds of which there is a file of the subject.
double weight_of(resources::Kind kind) {
    using resources::Kind;
    switch (kind) {
        case Kind::slides: return 30;
        case Kind::plan: return 18;
        case Kind::exercise: return 16;
        case Kind::video: return 12;
        case Kind::interactive: return 11;
        case Kind::document: return 8;
        case Kind::picture: return 6;
        case Kind::audio: return 5;
        case Kind::scorm: return 1;
        case Kind::link:
        case Kind::pack: break;
    }
    return 0;
}

/// The platform of 2014 that everybody linked to; nothing is fetched from it.
constexpr char const* platform_url = "https://www.eduyun.cn/";
constexpr char const* platform_title = "国家教育资源公共服务平台（链接）";

class LibraryWriter {
public:
    LibraryWriter(files::Files& files, core::AccountId const& keeper, DistrictPlan const& plan, Random random)
        : db_(files.database()),
          files_(files),
          keeper_(keeper),
          plan_(plan),
          random_(random),
          travels_(random.part("travels")),
          manifest_(read_manifest()) {}

    LibraryPlan write() {
        make_textbooks();
        store_files();
        for (std::size_t i = 0; i < resource_count; ++i) add(i);
        dress_library(bulk_, plan_, stored_.size());
        auto const held = add_packs(bulk_, library_, stored_.size());
        db_.transact(datonghu, [&](sql::Tx& tx) {
            resources::write_bulk(tx, bulk_);
            resources::write_pack_items(tx, held);
            hold_files(tx);
        });
        check_whole();
        return std::move(library_);
    }
    resources::BulkResources const& written() const { return bulk_; }

private:
    /// As many as promised besides packs, each with something to open, every kind among those that are published.
    void check_whole() const {
        SANTONG_ASSERT(library_.items.size() == resource_count && bulk_.versions.size() == bulk_.resources.size());
        std::map<resources::Kind, int> published;
        for (std::size_t i = 0; i < resource_count; ++i) {
            SANTONG_ASSERT(bulk_.versions[i].file_id.has_value() || !bulk_.versions[i].url.empty());
            if (!bulk_.resources[i].in_review) ++published[bulk_.resources[i].kind];
        }
        published[resources::Kind::pack] = static_cast<int>(bulk_.resources.size() - resource_count);
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<resources::Kind>>(
            [&](auto one) { SANTONG_ASSERT(published[one.value] > 0); });
    }

    void make_textbooks() {
        for (auto const& book : manifest_.textbooks) {
            resources::Textbook const textbook{
                resources::TextbookId::make(), book.key, book.title, book.subject, book.grade, book.term, book.edition};
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
            auto thumbnail =
                files_.keep(datonghu, {"thumbnail" + about.thumbnail.substr(about.thumbnail.rfind('.')), keeper_, {}},
                            content(about.thumbnail).bytes);
            SANTONG_ASSERT(file.has_value() && thumbnail.has_value());
            stored_.push_back({about, *file, *thumbnail, store_preview(about.file)});
            if (auto const chapter = about.chapter) by_subject_[about.subject].push_back(stored_.size() - 1);
        }
    }

    /// What browsers show of "office/pendulum.xlsx" is "preview/pendulum.pdf".
    std::optional<core::FileId> store_preview(std::string const& file) {
        auto const stem = file.substr(file.rfind('/') + 1);
        auto const* const made = find_content("preview/" + stem.substr(0, stem.rfind('.')) + ".pdf");
        if (made == nullptr) return std::nullopt;
        auto const kept = files_.keep(datonghu, {"preview.pdf", keeper_, {}}, made->bytes);
        SANTONG_ASSERT(kept.has_value());
        return kept->id;
    }

    /// The first of them are the files as they are, then a few links; the rest are what other teachers filed: the same
    /// file under its own lesson, or in place of a lesson that has no file of its own, and the title says so.
    void add(std::size_t number) {
        if (number < stored_.size()) {
            auto const& stored = stored_[number];
            write_one(number, &stored, stored.about.chapter ? place_named(*stored.about.chapter) : nullptr);
        } else if (number < stored_.size() + link_count) {
            write_one(number, nullptr, &random_.pick(places_));
        } else {
            Place const* place = nullptr;
            do {
                place = &random_.pick(places_);
            } while (!by_subject_.contains(place->subject));
            write_one(number, &file_for(*place), place);
        }
    }

    /// Files of the lesson's subject by kind, of grades as near as it takes to have two kinds to choose from.
    std::map<resources::Kind, std::vector<std::size_t>> near(Place const& place) const {
        std::map<resources::Kind, std::vector<std::size_t>> kinds;
        for (int far = 0; kinds.size() < 2 && far < 12; ++far) {
            for (auto const at : by_subject_.at(place.subject)) {
                if (std::abs(stored_[at].about.grade_from - place.grade) == far)
                    kinds[kind_of(stored_[at])].push_back(at);
            }
        }
        return kinds;
    }
    Stored const& file_for(Place const& place) {
        auto const kinds = near(place);
        double sum = 0;
        for (auto const& [kind, files] : kinds) sum += weight_of(kind);
        double drawn = random_.share() * sum;
        auto chosen = kinds.begin();
        while ((drawn -= weight_of(chosen->first)) > 0 && std::next(chosen) != kinds.end()) ++chosen;
        return stored_[random_.pick(chosen->second)];
    }
    static resources::Kind kind_of(Stored const& stored) {
        return *core::enum_parse<resources::Kind>(stored.about.kind);
    }

    Place const* place_named(std::string const& key) const {
        auto const found =
            std::find_if(places_.begin(), places_.end(), [&](Place const& place) { return place.key == key; });
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

    /// What the resource is, from the file itself; without one it is a link.
    void describe(resources::Resource& row, Stored const* stored, Place const* place) const {
        if (stored == nullptr) {
            row.title = platform_title;
            row.kind = resources::Kind::link;
            row.description = "演示资源：只记一个链接，平台上有这一课的资源。";
            row.licence = resources::Licence::region_teaching;
            row.source = resources::Source::national_platform;
        } else {
            auto const& about = stored->about;
            bool const own_lesson = place == nullptr || about.chapter == place->key;
            row.title = own_lesson ? about.title : about.title + "（“" + place->title + "”代用）";
            row.kind = kind_of(*stored);
            row.description = own_lesson ? "演示资源，人和学校都是编的。"
                                         : "演示资源：这一课还没有自己的文件，用“" + about.title + "”代替。";
            row.licence = licence_of(about.licence);
            row.source = about.source == "own" ? resources::Source::own_work : resources::Source::adapted;
            row.source_note = about.attribution;
        }
        row.subject = place ? place->subject : stored->about.subject;
        row.grade_from = place ? place->grade : stored->about.grade_from;
        row.grade_to = place ? place->grade : stored->about.grade_to;
        row.stage = resources::stage_of_grade(row.grade_from);
        if (place) {
            row.textbook_id = place->textbook;
            row.chapter_id = place->chapter;
        }
    }

    void write_one(std::size_t number, Stored const* stored, Place const* place) {
        using resources::Scope;
        resources::Resource row;
        row.id = resources::ResourceId::make();
        describe(row, stored, place);
        auto const [school, author] = author_for(row.grade_from, row.subject);
        row.owner_person = author->id;
        row.school_id = school->id;
        row.created_at = core::Zone{}.at(term_start.plus_days(random_.between(0, 70)), random_.between(480, 1000));
        row.updated_at = row.created_at;
        bool const reviewing = number >= resource_count - in_review_count;
        row.scope = reviewing                                                      ? Scope::self
                    : number < stored_.size() + link_count || random_.chance(0.55) ? Scope::district
                                                                                   : Scope::school;
        row.wished_scope = reviewing ? Scope::district : row.scope;
        row.state = reviewing ? resources::State::in_review : resources::State::published;
        row.in_review = reviewing;
        row.current_version = reviewing ? 0 : 1;
        row.latest_version = 1;
        if (!reviewing) row.published_at = row.created_at.plus_days(random_.between(1, 4));
        bulk_.resources.push_back(row);
        bulk_.versions.push_back(version_of(row, stored));
        library_.items.push_back(
            {row.id, row.subject, row.grade_from, row.grade_to, !reviewing, place ? place->key : "", row.kind,
             row.scope == Scope::school ? row.school_id : OrgId{}, row.school_id, travels_.chance(travelling_share)});
    }

    static resources::Version version_of(resources::Resource const& row, Stored const* stored) {
        resources::Version version;
        version.resource_id = row.id;
        version.created_at = row.created_at;
        if (stored == nullptr) {
            version.url = platform_url;
            return version;
        }
        version.file_id = stored->file.id;
        version.media_type = stored->file.media_type;
        version.size = stored->file.size;
        version.sha256 = stored->file.sha256;
        version.pages = stored->about.pages.value_or(0);
        version.duration_seconds = static_cast<int>(stored->about.duration_seconds.value_or(0) + 0.5);
        version.thumbnail_file_id = stored->thumbnail.id;
        version.preview_file_id = stored->preview;
        return version;
    }

    void hold_files(sql::Tx& tx) {
        for (std::size_t i = 0; i < bulk_.versions.size(); ++i) {
            auto const& version = bulk_.versions[i];
            if (!version.file_id) continue;
            auto const holder = resources::file_holder(version.resource_id, version.number);
            SANTONG_ASSERT(files_.hold(tx, *version.file_id, "resources.Resource", holder).has_value());
            SANTONG_ASSERT(files_.hold(tx, *version.thumbnail_file_id, "resources.Resource", holder).has_value());
            if (version.preview_file_id)
                SANTONG_ASSERT(files_.hold(tx, *version.preview_file_id, "resources.Resource", holder).has_value());
        }
    }

    sql::Database& db_;
    files::Files& files_;
    core::AccountId keeper_;
    DistrictPlan const& plan_;
    Random random_;
    Random travels_;
    Manifest manifest_;
    LibraryPlan library_;
    resources::BulkResources bulk_;
    std::vector<Place> places_;
    std::vector<Stored> stored_;
    std::map<std::string, std::vector<std::size_t>> by_subject_;  ///< stored files by subject
};

}  // namespace

LibraryPlan write_library(files::Files& files, core::AccountId const& keeper, DistrictPlan const& plan, Random random,
                          SignIns& sign_ins) {
    LibraryWriter writer(files, keeper, plan, random);
    auto library = writer.write();
    for (auto const& row : writer.written().resources) sign_ins.note(row.owner_person, row.created_at);
    write_reviews(files.database(), plan, writer.written(), random.part("reviews"), sign_ins);
    return library;
}

}  // namespace santong::server::demo
