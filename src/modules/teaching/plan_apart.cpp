#include "modules/teaching/plan_apart.hpp"

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/resources/service.hpp"

namespace santong::teaching {

namespace {

/// A part of the plan in both versions; one that a version has not is absent.
struct SectionPair {
    Section const* here = nullptr;
    Section const* other = nullptr;
};

bool is_blank(Section const& one) {
    return one.text.empty() && one.resources.empty() && one.questions.empty();
}

/// Parts are known by key and heading, and else by their key alone: a heading that was written anew.
std::vector<SectionPair> pairs_of(std::vector<Section> const& here, std::vector<Section> const& other) {
    std::vector<SectionPair> pairs;
    for (auto const& one : here) pairs.push_back({&one, nullptr});
    std::vector<bool> taken(other.size());
    for (bool const by_heading : {true, false}) {
        for (auto& pair : pairs) {
            for (std::size_t i = 0; i < other.size() && pair.other == nullptr; ++i) {
                auto const& one = other[i];
                if (taken[i] || one.key != pair.here->key || (by_heading && one.title != pair.here->title)) continue;
                pair.other = &one;
                taken[i] = true;
            }
        }
    }
    for (std::size_t i = 0; i < other.size(); ++i) {
        if (!taken[i]) pairs.push_back({nullptr, &other[i]});
    }
    return pairs;
}

template <class T>
bool same(std::vector<T> const& left, std::vector<T> const& right) {
    return core::json::write(left) == core::json::write(right);
}

/// Says parts of a plan in a language.
class SectionWords {
public:
    SectionWords(sql::Tx& tx, std::vector<SectionPair> const& pairs, std::string_view language) : language_(language) {
        std::vector<ResourceId> ids;
        for (auto const& pair : pairs) {
            for (auto const* one : {pair.here, pair.other}) {
                if (one == nullptr) continue;
                for (auto const& resource : one->resources) ids.push_back(resource.resource_id);
            }
        }
        for (auto const& one : resources::resources(tx, ids)) titles_[one.id] = one.title;
    }

    std::string name(Section const& one) const {
        return one.title.empty() ? say("teaching.section." + one.key) : one.title;
    }
    /// What stands in `one` and not so in `beside`.
    std::string apart(Section const* one, Section const* beside) const {
        if (one == nullptr) return {};
        std::string words;
        auto const add = [&](std::string const& line) {
            if (!line.empty()) words += (words.empty() ? "" : "\n") + line;
        };
        if (beside != nullptr && name(*one) != name(*beside))
            add(say("teaching.apart.heading", {{"text", name(*one)}}));
        if (beside == nullptr || one->minutes != beside->minutes)
            add(say("teaching.apart.minutes", {{"n", std::to_string(one->minutes)}}));
        if (beside == nullptr || one->text != beside->text) add(one->text);
        if (beside == nullptr || !same(one->resources, beside->resources)) {
            for (auto const& resource : one->resources) add(resource_words(resource));
        }
        if (beside == nullptr || !same(one->questions, beside->questions)) {
            for (auto const& question : one->questions) add(question_words(question));
        }
        return words;
    }
    std::string say(std::string const& key, core::ErrorParams const& params = {}) const {
        return core::message(key, params, language_);
    }
    /// Names of parts in a row, of those that stand in both versions.
    std::string row(std::vector<Section const*> const& sections) const {
        std::string words;
        for (auto const* one : sections) words += (words.empty() ? "" : " → ") + name(*one);
        return words;
    }

private:
    std::string resource_words(PlanResource const& one) const {
        auto const title = titles_.find(one.resource_id);
        auto words = say("teaching.apart.resource",
                         {{"title", title == titles_.end() ? say("teaching.apart.gone") : title->second}});
        auto const page = [](std::optional<std::int32_t> const& number) {
            return number ? std::to_string(*number) : std::string("…");
        };
        if (one.page_from || one.page_to)
            words += say("teaching.apart.pages", {{"from", page(one.page_from)}, {"to", page(one.page_to)}});
        if (one.for_pupils) words += say("teaching.apart.for_pupils");
        return words;
    }
    std::string question_words(PlanQuestion const& one) const {
        auto words = say("teaching.apart.question", {{"text", one.text}});
        for (std::size_t i = 0; i < one.options.size(); ++i) {
            words += "\n" + std::string(1, static_cast<char>('A' + i)) + " " + one.options[i];
            if (one.answer && static_cast<std::size_t>(*one.answer) == i) words += " ✓";
        }
        return words;
    }

    std::string_view language_;
    std::map<ResourceId, std::string> titles_;
};

/// The order of what both versions have, where it differs.
void add_order(std::vector<SectionPair> const& pairs, std::vector<Section> const& other, SectionWords const& words,
               std::vector<sync::PartApart>& found) {
    std::vector<Section const*> mine, its, here;
    for (auto const& pair : pairs) {
        if (pair.here == nullptr || pair.other == nullptr) continue;
        here.push_back(pair.here);
        mine.push_back(pair.other);
    }
    for (auto const& one : other) {
        if (std::ranges::find(mine, &one) != mine.end()) its.push_back(&one);
    }
    if (mine != its) found.push_back({words.say("teaching.apart.order"), words.row(here), words.row(its)});
}

}  // namespace

std::vector<sync::PartApart> sections_apart(sql::Tx& tx, std::vector<Section> const& here,
                                            std::vector<Section> const& other, std::string_view language) {
    auto const pairs = pairs_of(here, other);
    SectionWords const words(tx, pairs, language);
    std::vector<sync::PartApart> found;
    for (auto const& pair : pairs) {
        auto const* shown = pair.here != nullptr ? pair.here : pair.other;
        if ((pair.here == nullptr || pair.other == nullptr) && is_blank(*shown)) continue;
        auto const mine = words.apart(pair.here, pair.other), its = words.apart(pair.other, pair.here);
        if (mine != its) found.push_back({words.name(*shown), mine, its});
    }
    add_order(pairs, other, words, found);
    return found;
}

}  // namespace santong::teaching
