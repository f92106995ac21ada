#include "modules/news/domain.hpp"

#include <algorithm>

#include "platform/text/utf8.hpp"

namespace santong::news {

namespace {

constexpr std::size_t longest_title = 80;
constexpr std::size_t longest_summary = 200;
constexpr std::size_t longest_byline = 40;
constexpr std::size_t longest_part = 5'000;
constexpr std::size_t longest_caption = 200;
constexpr std::size_t longest_address = 500;
constexpr std::size_t most_parts = 200;
constexpr std::size_t most_items = 60;

class Found {
public:
    void at(std::string place, std::string key, core::ErrorParams params = {}) {
        problems_.push_back({std::move(place), std::move(key), std::move(params)});
    }
    void length(std::string const& place, std::string const& text, std::size_t most) {
        if (text::count_characters(text) > most) at(place, "core.too_long", {{"max", std::to_string(most)}});
    }
    core::Result<void> result() {
        if (problems_.empty()) return {};
        return core::invalid(std::move(problems_));
    }

private:
    std::vector<core::Problem> problems_;
};

bool has_items(BlockKind kind) {
    return kind == BlockKind::list || kind == BlockKind::numbers;
}
bool has_file(BlockKind kind) {
    return kind == BlockKind::picture || kind == BlockKind::attachment;
}
bool is_short(BlockKind kind) {
    return has_file(kind) || kind == BlockKind::heading || kind == BlockKind::link;
}

void trim_in_place(std::string& text) {
    text = std::string(text::trim(text));
}

bool is_empty(ArticleBlock const& block) {
    return block.text.empty() && block.items.empty() && block.href.empty() && !block.file_id;
}

void check_part(Found& found, std::string const& place, ArticleBlock const& block) {
    found.length(place + "/text", block.text, is_short(block.kind) ? longest_caption : longest_part);
    if (block.items.size() > most_items)
        found.at(place + "/items", "news.too_many_items", {{"max", std::to_string(most_items)}});
    for (std::size_t i = 0; i < block.items.size(); ++i)
        found.length(place + "/items/" + std::to_string(i), block.items[i], longest_part);
    if (block.kind == BlockKind::link && !is_link(block.href)) found.at(place + "/href", "news.link_not_allowed");
    if (has_file(block.kind) && !block.file_id) found.at(place + "/file_id", "news.file_missing");
}

std::vector<std::string> parts_of(ArticleContent const& content) {
    std::vector<std::string> parts{content.title, content.summary, content.byline, content.cover_text};
    for (auto const& block : content.body) {
        parts.push_back(block.text);
        parts.insert(parts.end(), block.items.begin(), block.items.end());
    }
    return parts;
}

}  // namespace

ReceiptId receipt_id(ArticleId const& article, core::PersonId const& person) {
    return ReceiptId{core::Uuid::named("news.Receipt " + article.text() + ' ' + person.text())};
}

void tidy(ArticleContent& content) {
    for (auto* text : {&content.title, &content.summary, &content.byline, &content.cover_text}) trim_in_place(*text);
    for (auto& block : content.body) {
        trim_in_place(block.text);
        trim_in_place(block.href);
        for (auto& item : block.items) trim_in_place(item);
        std::erase_if(block.items, [](std::string const& item) { return item.empty(); });
        if (!has_items(block.kind)) block.items.clear();
        if (has_items(block.kind)) block.text.clear();
        if (block.kind != BlockKind::link) block.href.clear();
        if (!has_file(block.kind)) block.file_id.reset();
        block.file_name.clear();
        block.media_type.clear();
        block.size = 0;
    }
    std::erase_if(content.body, is_empty);
    if (!content.cover_file_id) content.cover_text.clear();
}

core::Result<void> check_content(ArticleContent const& content) {
    Found found;
    found.length("/title", content.title, longest_title);
    found.length("/summary", content.summary, longest_summary);
    found.length("/byline", content.byline, longest_byline);
    found.length("/cover_text", content.cover_text, longest_caption);
    if (content.body.size() > most_parts)
        found.at("/body", "news.too_many_parts", {{"max", std::to_string(most_parts)}});
    for (std::size_t i = 0; i < std::min(content.body.size(), most_parts); ++i)
        check_part(found, "/body/" + std::to_string(i), content.body[i]);
    if (content.from_day && content.until_day && *content.until_day < *content.from_day)
        found.at("/until_day", "news.days_turned");
    if (content.must_read && content.kind != ArticleKind::notice) found.at("/must_read", "news.only_notices");
    if (content.scope == ArticleScope::public_ && content.audience != ArticleAudience::everyone)
        found.at("/audience", "news.public_is_for_everyone");
    return found.result();
}

core::Result<void> check_ready(ArticleContent const& content, core::LocalDate today) {
    Found found;
    if (content.title.empty()) found.at("/title", "core.required");
    if (content.body.empty()) found.at("/body", "news.body_missing");
    for (std::size_t i = 0; i < content.body.size(); ++i) {
        auto const place = "/body/" + std::to_string(i);
        auto const& block = content.body[i];
        if (block.kind == BlockKind::picture && block.text.empty())
            found.at(place + "/text", "news.picture_needs_words");
        if (block.kind == BlockKind::link && block.text.empty()) found.at(place + "/text", "core.required");
    }
    if (content.cover_file_id && content.cover_text.empty()) found.at("/cover_text", "news.picture_needs_words");
    if (content.until_day && *content.until_day < today) found.at("/until_day", "news.day_is_over");
    return found.result();
}

std::string words_of(ArticleContent const& content) {
    std::string words;
    for (auto const& part : parts_of(content)) words += part + '\n';
    return words;
}

bool is_shown_on(ArticleContent const& content, core::LocalDate day) {
    return (!content.from_day || *content.from_day <= day) && (!content.until_day || day <= *content.until_day);
}

bool is_link(std::string const& address) {
    std::size_t start = 0;
    if (address.starts_with("https://")) start = 8;
    if (address.starts_with("http://")) start = 7;
    if (start == 0 || address.size() > longest_address) return false;
    auto const end = std::min(address.find_first_of("/?#", start), address.size());
    auto const host = std::string_view(address).substr(start, end - start);
    // A name before the host ("bank.example@elsewhere") is how readers are led astray.
    bool const plain = host.find('@') == std::string_view::npos && host.find('\\') == std::string_view::npos;
    bool const printable = std::ranges::none_of(
        address, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>'; });
    return !host.empty() && plain && printable;
}

int private_numbers(std::string const& words) {
    constexpr std::size_t telephone = 11;
    constexpr std::size_t identity_card = 18;
    int count = 0;
    for (std::size_t at = 0; at < words.size();) {
        if (words[at] < '0' || words[at] > '9') {
            ++at;
            continue;
        }
        auto const start = at;
        while (at < words.size() && words[at] >= '0' && words[at] <= '9') ++at;
        auto const digits = at - start;
        bool const last_is_x = at < words.size() && (words[at] == 'X' || words[at] == 'x');
        if ((digits == telephone && words[start] == '1') || digits == identity_card ||
            (digits + 1 == identity_card && last_is_x))
            ++count;
    }
    return count;
}

}  // namespace santong::news
