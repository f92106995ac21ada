#include "server/demo/news.hpp"

#include <algorithm>
#include <sstream>

#include "core/assert.hpp"
#include "core/embedded.hpp"
#include "modules/news/service.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/accounts.hpp"
#include "server/demo/news_texts.hpp"
#include "server/demo/reviews.hpp"

namespace santong::server::demo {

namespace {

using news::ArticleState;
using workflow::DecisionKind;
using workflow::PoolLevel;

/// The text of an article in parts.
std::vector<news::ArticleBlock> parts_of(std::string const& text) {
    std::vector<news::ArticleBlock> parts;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        news::ArticleBlock part;
        part.text = line;
        if (line.starts_with("- ")) {
            if (parts.empty() || parts.back().kind != news::BlockKind::list) {
                part.kind = news::BlockKind::list;
                part.text.clear();
                parts.push_back(part);
            }
            parts.back().items.push_back(line.substr(2));
            continue;
        }
        if (line.starts_with("# ")) {
            part.kind = news::BlockKind::heading;
            part.text = line.substr(2);
        } else if (line.starts_with("@")) {
            auto const bar = line.find('|');
            part.kind = news::BlockKind::link;
            part.text = line.substr(1, bar - 1);
            part.href = line.substr(bar + 1);
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

/// Somebody with the organisation in whose name he writes.
struct Pen {
    PersonId person;
    OrgId org;
    SchoolPlan const* school = nullptr;  ///< none for the bureau
};

class NewsPress {
public:
    NewsPress(DistrictPlan const& plan, std::vector<RoleAccount> const& accounts, Random random, SignIns& sign_ins)
        : plan_(plan), school_days_(school_days(plan)), random_(random), sign_ins_(sign_ins) {
        auto const& account = *std::ranges::find(accounts, std::string("teacher"), &RoleAccount::role);
        teacher_ = account.person.id;
        home_ = &*std::ranges::find_if(plan.schools, [&](SchoolPlan const& one) {
            return std::ranges::find(one.teachers, teacher_, &PersonPlan::id) != one.teachers.end();
        });
    }

    news::BulkNews bulk;
    workflow::BulkItems reviews;

    /// Keeps the pictures in their authors' names; not inside a transaction.
    void keep_pictures(files::Files& files) {
        for (auto const& text : news_texts()) {
            if (text.picture == nullptr) continue;
            auto const person = pen_of(text.writer).person;
            auto const account =
                files.database().read(datonghu, [&](sql::Tx& tx) { return auth::accounts_of(tx, {person}).at(0).id; });
            auto const& all = embedded::demo_content();
            auto const found = std::ranges::find(all, std::string(text.picture), &core::EmbeddedFile::path);
            SANTONG_ASSERT(found != all.end());
            std::string const name = found->path.substr(found->path.rfind('/') + 1);
            auto const kept = files.keep(datonghu, {name, account, {}}, found->bytes);
            SANTONG_ASSERT(kept.has_value());
            pictures_.emplace(text.picture, *kept);
        }
    }

    void add(sql::Tx& tx, NewsText const& text) {
        auto const pen = pen_of(text.writer);
        news::Article article;
        article.id = news::ArticleId::make();
        article.org_id = pen.org;
        article.owner_person = pen.person;
        article.state = text.state;
        bool const published = text.state == ArticleState::published || text.state == ArticleState::withdrawn;
        article.current_version = published ? 1 : 0;
        if (text.state == ArticleState::withdrawn) article.withdrawn_reason = text.reason;
        auto const sent = core::Zone{}.at(demo_today.plus_days(-std::max(text.days_ago, 0)), random_.between(485, 530));
        article.created_at = sent.plus_ms(-random_.between(1, 20) * std::int64_t{3'600'000});
        article.updated_at = sent;
        auto const version = version_of(text, article);
        if (text.days_ago >= 0) review(tx, text, pen, article, version, sent);
        if (text.must_read && published) receipts(article, text);
        bulk.articles.push_back(article);
        bulk.versions.push_back(version);
        sign_ins_.note(pen.person, sent);
    }

private:
    SchoolPlan const& village() const {
        return *std::ranges::find_if(plan_.schools, [&](SchoolPlan const& one) {
            return &one != home_ && area_of(one) != one.id && one.teachers.size() > 3;
        });
    }
    SchoolPlan const& middle() const {
        return *std::ranges::find_if(plan_.schools, [&](SchoolPlan const& one) { return one.row.first_grade == 7; });
    }
    Pen pen_of(NewsWriter writer) const {
        switch (writer) {
            case NewsWriter::teacher: return {teacher_, home_->id, home_};
            case NewsWriter::academic: return {home_->teachers[1].id, home_->id, home_};
            case NewsWriter::village_teacher: return {village().teachers[3].id, village().id, &village()};
            case NewsWriter::middle_academic: return {middle().teachers[1].id, middle().id, &middle()};
            case NewsWriter::info_office: return {plan_.officers.at("info_office").id, plan_.county, nullptr};
            case NewsWriter::researcher: break;
        }
        return {std::ranges::find(plan_.researchers, std::string("14"), &PersonPlan::subject)->id, plan_.county,
                nullptr};
    }
    OrgId area_of(SchoolPlan const& school) const {
        auto const parent = parent_of(plan_, school);
        bool const managed = std::ranges::find(plan_.schools, parent, &SchoolPlan::id) != plan_.schools.end();
        return managed ? parent : school.id;
    }

    news::ArticleVersion version_of(NewsText const& text, news::Article const& article) const {
        news::ArticleVersion version;
        version.article_id = article.id;
        version.kind = text.kind;
        version.title = text.title;
        version.summary = text.summary;
        version.body = parts_of(text.text);
        version.scope = text.scope;
        version.audience = text.audience;
        version.must_read = text.must_read;
        if (text.days_shown > 0) version.until_day = demo_today.plus_days(text.days_shown);
        version.created_at = article.created_at;
        if (text.picture != nullptr) show_picture(version, text);
        return version;
    }

    void show_picture(news::ArticleVersion& version, NewsText const& text) const {
        auto const& file = pictures_.at(text.picture);
        if (text.kind == news::ArticleKind::news) {
            version.cover_file_id = file.id;
            version.cover_text = text.picture_text;
            return;
        }
        news::ArticleBlock part;
        part.kind = news::BlockKind::picture;
        part.text = text.picture_text;
        part.file_id = file.id;
        part.file_name = file.name;
        part.media_type = file.media_type;
        part.size = file.size;
        version.body.push_back(std::move(part));
    }

    /// The steps of a pen's article with their pools; where an office would judge itself the next one does.
    std::vector<workflow::Step> steps_of(Pen const& pen, workflow::ItemId const& item,
                                         std::vector<workflow::StepRule> const& rules) const {
        std::vector<workflow::Step> steps;
        for (auto const& rule : rules) {
            workflow::Step step{item, 1, rule.number, rule.name, rule.pool_role, plan_.county, "", rule.days, false};
            if (rule.pool_level == PoolLevel::school) step.pool_org_id = pen.org;
            if (rule.pool_level == PoolLevel::area) step.pool_org_id = area_of(*pen.school);
            if (reviewer_of(step) == pen.person) {
                step.pool_role = rule.pool_level == PoolLevel::county ? "leader" : "principal";
                step.fell_back = true;
            }
            bool const known = std::ranges::any_of(steps, [&](workflow::Step const& one) {
                return one.pool_role == step.pool_role && one.pool_org_id == step.pool_org_id;
            });
            if (!known) steps.push_back(step);
        }
        return steps;
    }
    PersonId reviewer_of(workflow::Step const& step) const {
        if (step.pool_org_id == plan_.county) return plan_.officers.at(step.pool_role).id;
        auto const school = std::ranges::find(plan_.schools, step.pool_org_id, &SchoolPlan::id);
        SANTONG_ASSERT(school != plan_.schools.end());
        return school->teachers[step.pool_role == "principal" ? 0 : 1].id;
    }

    void review(sql::Tx& tx, NewsText const& text, Pen const& pen, news::Article& article,
                news::ArticleVersion const& version, core::Instant sent) {
        workflow::Item item;
        item.id = workflow::ItemId::make();
        item.subject_kind = news::review_kind;
        item.subject_id = article.id.text();
        item.title = version.title;
        item.scope = core::enum_text(text.scope);
        auto const path = (pen.school == nullptr ? "bureau-" : "") + item.scope;
        item.path_id = workflow::path_of(tx, news::review_kind, path);
        item.submitter_person = pen.person;
        item.origin_school_id = pen.org;
        item.facts = news::review_facts(version);
        item.opened_at = sent;
        auto const steps = steps_of(pen, item.id, news::review_rules(path));
        SANTONG_ASSERT(!steps.empty());
        bool const open = text.state == ArticleState::in_review;
        bool const returned = text.state == ArticleState::returned;
        auto const passed =
            open || returned ? std::min<std::size_t>(text.passed_steps, steps.size() - 1) : steps.size();
        decide(item, 0, pen.person, DecisionKind::submit, "", sent);
        auto at = sent;
        stand_at(item, steps.front(), at);
        for (std::size_t i = 0; i < passed; ++i) {
            at = at.plus_ms(random_.between(10, 50) * std::int64_t{60'000});
            decide(item, steps[i].number, reviewer_of(steps[i]), DecisionKind::approve, "", at);
            if (i + 1 < steps.size()) stand_at(item, steps[i + 1], at);
        }
        if (returned) {
            at = at.plus_ms(random_.between(60, 200) * std::int64_t{60'000});
            decide(item, steps[passed].number, reviewer_of(steps[passed]), DecisionKind::return_, text.reason, at);
        }
        item.state = open       ? workflow::ItemState::open
                     : returned ? workflow::ItemState::returned
                                : workflow::ItemState::approved;
        if (!open) item.closed_at = at;
        if (article.current_version == 1) article.published_at = at;
        article.updated_at = text.state == ArticleState::withdrawn ? at.plus_days(1) : at;
        reviews.steps.insert(reviews.steps.end(), steps.begin(), steps.end());
        reviews.items.push_back(std::move(item));
    }
    void stand_at(workflow::Item& item, workflow::Step const& step, core::Instant since) const {
        item.step_number = step.number;
        item.pool_role = step.pool_role;
        item.pool_org_id = step.pool_org_id;
        item.step_since = since;
        item.due_at = workflow::due_after(since, step.days, core::Zone{}, school_days_);
    }
    void decide(workflow::Item const& item, int step, PersonId const& person, DecisionKind kind, char const* reason,
                core::Instant at) {
        reviews.decisions.push_back({workflow::DecisionId::make(), item.id, 1, step, person, kind, reason, {"[]"}, at});
        sign_ins_.note(person, at);
    }

    /// Some of the staff whom a notice reaches have read it since; the demo's teacher has it before him.
    void receipts(news::Article const& article, NewsText const& text) {
        for (auto const& school : plan_.schools) {
            if (text.scope == news::ArticleScope::area && area_of(school) != article.org_id) continue;
            for (auto const& person : school.teachers) {
                bool const tries =
                    person.id == teacher_ || &person == &school.teachers[0] || &person == &school.teachers[1];
                if (tries || person.id == article.owner_person || !sign_ins_.of(person.id) || random_.chance(0.4))
                    continue;
                auto const read = article.published_at->plus_ms(random_.between(20, 400) * std::int64_t{60'000});
                news::ArticleReceipt receipt{article.id, person.id, news::ReaderKind::staff, 1, read, {}};
                receipt.id = news::receipt_id(article.id, person.id);
                if (random_.chance(0.8)) receipt.confirmed_at = read.plus_seconds(random_.between(20, 120));
                bulk.receipts.push_back(receipt);
                sign_ins_.note(person.id, read);
            }
        }
    }

    DistrictPlan const& plan_;
    std::vector<core::LocalDate> school_days_;
    Random random_;
    SignIns& sign_ins_;
    PersonId teacher_;
    std::map<std::string, files::FileObject> pictures_;
    SchoolPlan const* home_ = nullptr;
};

}  // namespace

void write_news(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts, Random random,
                SignIns& sign_ins) {
    auto notes = sign_ins;
    NewsPress drawn(plan, accounts, random, notes);
    drawn.keep_pictures(files);
    files.database().transact(datonghu, [&](sql::Tx& tx) {
        notes = sign_ins;
        auto press = drawn;  // the closure may run twice
        for (auto const& text : news_texts()) press.add(tx, text);
        auto const written = news::write_bulk(tx, files, press.bulk);
        SANTONG_ASSERT(written.has_value());
        workflow::write_bulk(tx, press.reviews);
    });
    sign_ins = std::move(notes);
}

}  // namespace santong::server::demo
