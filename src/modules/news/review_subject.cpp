// What a review asks of an article, and what its outcome does to it.
#include <algorithm>

#include "core/json.hpp"
#include "modules/news/readers.hpp"
#include "modules/news/telling.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/service.hpp"

namespace santong::news {

namespace {

using workflow::AutomaticCheck;
using workflow::CheckState;
using workflow::PoolLevel;
using workflow::StepRule;

constexpr char const* rights_group = "news.check.rights";
constexpr char const* content_group = "news.check.content";
constexpr char const* minors_group = "news.check.minors";
constexpr std::string_view bureau_prefix = "bureau-";

StepRule step(int number, char const* role, PoolLevel level) {
    return {number, std::string("workflow.step.") + role, role, level, false, workflow::usual_days};
}

/// What a queue shows of an article.
struct NewsFacts {
    ArticleKind kind = ArticleKind::news;
    int version = 1;
    int pictures = 0;
    bool must_read = false;
};
BOOST_DESCRIBE_STRUCT(NewsFacts, (), (kind, version, pictures, must_read))

int pictures_in(ArticleContent const& content) {
    auto const in_text = std::ranges::count(content.body, BlockKind::picture, &ArticleBlock::kind);
    return static_cast<int>(in_text) + (content.cover_file_id ? 1 : 0);
}

AutomaticCheck news_line(char const* group, char const* name, CheckState state, std::string const& detail,
                         std::map<std::string, std::string> params = {}) {
    return {std::string("news.check.") + name, group, state, "news.check." + detail, std::move(params), {}};
}

/// Names of the school's pupils that stand in the text; counted, never listed.
AutomaticCheck names_check(sql::Tx& tx, Article const& article, std::string const& words, core::LocalDate on) {
    constexpr std::size_t shortest_name = 2;
    int found = 0;
    auto const school = roster::school_of(tx, article.org_id);
    if (school) {
        for (auto const& group : roster::classes(tx, *school, on)) {
            for (auto const& pupil : roster::pupils_of_class(tx, group.id, on)) {
                bool const long_enough = pupil.name.size() >= shortest_name * 3;
                if (long_enough && words.find(pupil.name) != std::string::npos) ++found;
            }
        }
    }
    if (found == 0) return news_line(minors_group, "names", CheckState::passed, "names.none");
    return news_line(minors_group, "names", CheckState::warning, "names.found", {{"n", std::to_string(found)}});
}

AutomaticCheck numbers_check(std::string const& words) {
    int const found = private_numbers(words);
    if (found == 0) return news_line(minors_group, "numbers", CheckState::passed, "numbers.none");
    return news_line(minors_group, "numbers", CheckState::warning, "numbers.found", {{"n", std::to_string(found)}});
}

AutomaticCheck pictures_check(ArticleContent const& content) {
    int const count = pictures_in(content);
    if (count == 0) return news_line(minors_group, "pictures", CheckState::passed, "pictures.none");
    return news_line(minors_group, "pictures", CheckState::passed, "pictures.some", {{"n", std::to_string(count)}});
}

AutomaticCheck days_check(ArticleContent const& content, core::LocalDate today) {
    if (content.until_day && *content.until_day < today)
        return news_line(content_group, "days", CheckState::failed, "days.over", {{"day", content.until_day->text()}});
    if (content.until_day)
        return news_line(content_group, "days", CheckState::passed, "days.until", {{"day", content.until_day->text()}});
    return news_line(content_group, "days", CheckState::passed, "days.open");
}

std::vector<AutomaticCheck> checks_of_article(sql::Tx& tx, workflow::Item const& item) {
    auto const id = ArticleId::parse(item.subject_id);
    auto const article = id ? store::find(tx, *id) : std::nullopt;
    auto const version = article ? store::find_version(tx, *id, article->latest_version) : std::nullopt;
    if (!version) return {};
    auto const since = roster::district(tx).zone().date_of(item.step_since);
    auto const words = words_of(*version);
    return {days_check(*version, since), names_check(tx, *article, words, since), numbers_check(words),
            pictures_check(*version)};
}

void publish_article(Article& article, core::Instant at) {
    article.state = ArticleState::published;
    article.change = ArticleChange::none;
    article.current_version = article.latest_version;
    if (!article.published_at) article.published_at = at;
}

void index_current(sql::Tx& tx, Article const& article) {
    auto const version = store::find_version(tx, article.id, article.current_version);
    SANTONG_ASSERT(version.has_value());
    store::index(tx, article.id, words_of(*version));
}

void outcome_of_article(sql::Tx& tx, workflow::Item const& item, workflow::Outcome outcome, std::string const&,
                        core::Instant at) {
    if (outcome == workflow::Outcome::passed_step) return;
    auto const id = ArticleId::parse(item.subject_id);
    auto const before = id ? store::find(tx, *id) : std::nullopt;
    SANTONG_ASSERT(before.has_value());
    Article article = *before;
    bool const has_readers = before->state == ArticleState::published;  // they keep the version that they have
    bool const back = outcome == workflow::Outcome::returned;
    if (outcome == workflow::Outcome::approved)
        publish_article(article, at);
    else if (has_readers)
        article.change = back ? ArticleChange::returned : ArticleChange::draft;
    else
        article.state = back ? ArticleState::returned : ArticleState::draft;
    article.updated_at = std::max(at, before->updated_at.plus_ms(1));
    SANTONG_ASSERT(store::update(tx, article, *before));
    // After the counted update: SQLite adds what the full-text index writes late to the next count.
    if (outcome == workflow::Outcome::approved) index_current(tx, article);
    say(tx, article);
    if (outcome == workflow::Outcome::approved) begin_telling(tx, at, article);
}

}  // namespace

void register_review() {
    workflow::Subject subject;
    subject.kind = review_kind;
    subject.checklist = {{"news.check.true", content_group},          {"news.check.wording", content_group},
                         {"news.check.sources", rights_group},        {"news.check.pictures_ours", rights_group},
                         {"news.check.no_pupil_names", minors_group}, {"news.check.faces_agreed", minors_group}};
    subject.automatic = checks_of_article;
    subject.on_outcome = outcome_of_article;
    subject.path = review_rules;
    subject.path_names.clear();
    for (auto const scope : {ArticleScope::school, ArticleScope::area, ArticleScope::district, ArticleScope::public_}) {
        subject.path_names.emplace_back(core::enum_text(scope));
        subject.path_names.push_back(std::string(bureau_prefix) + std::string(core::enum_text(scope)));
    }
    subject.stands = [](sql::Tx& tx, std::string const& text) {
        auto const id = ArticleId::parse(text);
        return id && store::find(tx, *id).has_value();
    };
    subject.page = "/news/";
    subject.told_approved = messages::MessageKind::news_published;
    subject.told_returned = messages::MessageKind::news_returned;
    workflow::register_subject(std::move(subject));
}

std::vector<StepRule> review_rules(std::string_view name) {
    bool const bureau = name.starts_with(bureau_prefix);
    auto const scope = core::enum_parse<ArticleScope>(bureau ? name.substr(bureau_prefix.size()) : name);
    if (!scope) return {};
    std::vector<StepRule> path;
    if (!bureau) path.push_back(step(1, "academic", PoolLevel::school));
    if (!bureau && *scope >= ArticleScope::area) path.push_back(step(2, "academic", PoolLevel::area));
    if (*scope >= ArticleScope::district) path.push_back(step(3, "info_office", PoolLevel::county));
    if (*scope >= ArticleScope::public_) path.push_back(step(4, "leader", PoolLevel::county));
    return path;
}

std::string review_path(sql::Tx& tx, core::OrgId const& org, ArticleScope scope) {
    std::string const name(core::enum_text(scope));
    return org == roster::district(tx).org_id ? std::string(bureau_prefix) + name : name;
}

core::RawJson review_facts(ArticleVersion const& version) {
    return {core::json::write(NewsFacts{version.kind, version.number, pictures_in(version), version.must_read})};
}

}  // namespace santong::news
