#include "modules/nodes/links_sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "platform/text/utf8.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
constexpr std::size_t most_sheet_rows = 5'000, most_refused_cells = 500;

enum Column : std::size_t { code, name, medium, down, up, carrier, since, ipv6, windows, cap, share, note, columns };

struct Heading {
    char const* chinese;
    char const* english;
    std::vector<char const*> also;
};
std::array<Heading, columns> const& headings() {
    static std::array<Heading, columns> const all{{{"学校标识码", "School code", {"标识码", "学校代码"}},
                                                   {"学校", "School", {"学校名称", "单位"}},
                                                   {"接入方式", "Medium", {"线路类型", "介质"}},
                                                   {"下行（Mbit/s）", "Down (Mbit/s)", {"下行", "带宽", "下行带宽"}},
                                                   {"上行（Mbit/s）", "Up (Mbit/s)", {"上行", "上行带宽"}},
                                                   {"运营商", "Operator", {}},
                                                   {"启用日期", "Since", {"开通日期"}},
                                                   {"IPv6", "IPv6", {}},
                                                   {"传输时段", "Windows", {"时段"}},
                                                   {"限速（Mbit/s）", "Cap (Mbit/s)", {"限速", "上限"}},
                                                   {"白天占比（%）", "Day share (%)", {"白天占比"}},
                                                   {"备注", "Note", {}}}};
    return all;
}

struct MediumTitle {
    Medium medium;
    char const* chinese;
    char const* english;
    std::vector<char const*> also;
};
std::vector<MediumTitle> const& media() {
    static std::vector<MediumTitle> const all{
        {Medium::unknown, "未知", "unknown", {"不详"}},
        {Medium::fibre, "光纤", "fibre", {"光缆", "fiber"}},
        {Medium::copper, "铜缆", "copper", {"adsl", "dsl", "电话线", "vdsl"}},
        {Medium::cable, "有线电视", "cable", {"hfc", "同轴", "同轴电缆"}},
        {Medium::microwave, "微波", "microwave", {"无线网桥"}},
        {Medium::mobile, "4G/5G", "4G/5G", {"4g", "5g", "移动网络", "mobile"}},
        {Medium::satellite, "卫星", "satellite", {}},
        {Medium::none, "无线路", "none", {"无", "没有", "未接入"}},
    };
    return all;
}

std::string sheet_word(std::string_view text) {
    return text::search_form(text::without_blanks(text));
}

/// Signs of both widths are one.
std::string key_of(std::string_view heading) {
    auto key = sheet_word(heading);
    for (auto const* unit : {"(mbit/s)", "（mbit/s）", "(兆)", "(m)", "(mbps)", "(%)"}) {
        if (auto const at = key.find(sheet_word(unit)); at != std::string::npos) key.erase(at);
    }
    return key;
}

std::array<std::size_t, columns> places_of(text::TableRow const& row) {
    std::array<std::size_t, columns> found{};
    found.fill(nowhere);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto const key = key_of(row.cells[i].text);
        for (std::size_t c = 0; c < columns; ++c) {
            auto const& heading = headings()[c];
            bool const fits = key == key_of(heading.chinese) || key == key_of(heading.english) ||
                              std::ranges::any_of(heading.also, [&](char const* one) { return key == key_of(one); });
            if (fits && !key.empty() && found[c] == nowhere) found[c] = i;
        }
    }
    return found;
}

std::optional<double> number_of(std::string_view text) {
    for (auto const* unit : {"mbit/s", "mbps", "兆", "m", "%"}) {
        if (text.ends_with(unit)) text.remove_suffix(std::string_view(unit).size());
    }
    double value = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

class Reader {
public:
    Reader(LinkWords const& words, std::map<core::OrgId, LinkEntry> const& known) : words_(words), known_(known) {}

    bool heading(text::TableRow const& row) {
        at_ = places_of(row);
        return (at_[code] != nowhere || at_[name] != nowhere) && (at_[medium] != nowhere || at_[down] != nowhere);
    }
    void sheet(std::string name) { sheet_ = std::move(name); }

    void row(text::TableRow const& row) {
        row_ = &row;
        auto const org = place();
        if (!org) return;
        auto const known = known_.find(*org);
        LinkEntry entry = known == known_.end() ? LinkEntry{} : known->second;
        entry.org_id = *org;
        auto const before = out_.refused.size();
        if (has(medium)) read_medium(entry);
        if (has(down)) entry.down_kbit = rate(down).value_or(0);
        if (has(up)) entry.up_kbit = rate(up).value_or(0);
        if (has(carrier)) entry.operator_name = cell(carrier);
        if (has(since)) read_since(entry);
        if (has(ipv6)) read_ipv6(entry);
        if (has(windows)) read_windows(entry);
        if (has(cap)) entry.cap_kbit = rate(cap);
        if (has(share)) read_share(entry);
        if (has(note)) entry.note = cell(note);
        if (out_.refused.size() == before) check(entry);
        if (out_.refused.size() == before) out_.entries.push_back(std::move(entry));
    }
    LinksReading take() { return std::move(out_); }

private:
    bool has(Column column) const { return at_[column] != nowhere; }
    std::string cell(Column column) const {
        if (!has(column) || at_[column] >= row_->cells.size()) return {};
        return row_->cells[at_[column]].text;
    }
    void refuse(Column column, char const* reason) {
        if (out_.refused.size() >= most_refused_cells) return;
        auto const value = std::string(text::truncate_characters(cell(column), 60));
        auto const at = has(column) ? at_[column] : 0;
        out_.refused.push_back(
            {sheet_, text::column_letters(at) + std::to_string(row_->number), value, reason, {{"name", value}}});
    }

    std::optional<core::OrgId> place() {
        for (auto const column : {code, name}) {
            auto const word = text::without_blanks(cell(column));
            if (word.empty()) continue;
            if (words_.ambiguous.contains(word)) {
                refuse(column, "nodes.import.namesakes");
                return std::nullopt;
            }
            if (auto const found = words_.places.find(word); found != words_.places.end()) {
                if (!seen_.emplace(found->second, row_->number).second) {
                    refuse(column, "nodes.import.twice");
                    return std::nullopt;
                }
                return found->second;
            }
            refuse(column, "nodes.import.school");
            return std::nullopt;
        }
        refuse(has(code) ? code : name, "nodes.import.no_school");
        return std::nullopt;
    }

    void read_medium(LinkEntry& entry) {
        auto const word = sheet_word(cell(medium));
        if (word.empty()) {
            entry.medium = Medium::unknown;
            return;
        }
        for (auto const& one : media()) {
            if (word == sheet_word(one.chinese) || word == sheet_word(one.english) ||
                std::ranges::any_of(one.also, [&](char const* also) { return word == sheet_word(also); })) {
                entry.medium = one.medium;
                return;
            }
        }
        refuse(medium, "nodes.import.medium");
    }
    std::optional<std::int64_t> rate(Column column) {
        auto const word = sheet_word(cell(column));
        if (word.empty()) return std::nullopt;
        auto const value = number_of(word);
        if (!value || *value < 0 || *value > 400'000) {
            refuse(column, "nodes.import.rate");
            return std::nullopt;
        }
        return static_cast<std::int64_t>(std::llround(*value * 1000));
    }
    void read_since(LinkEntry& entry) {
        auto word = text::without_blanks(cell(since));
        entry.since.reset();
        if (word.empty()) return;
        std::ranges::replace(word, '/', '-');
        if (word.size() == 7) word += "-01";
        entry.since = core::LocalDate::parse(word);
        if (!entry.since) refuse(since, "nodes.import.date");
    }
    void read_ipv6(LinkEntry& entry) {
        auto const word = sheet_word(cell(ipv6));
        entry.ipv6.reset();
        if (word.empty()) return;
        auto const is = [&](std::initializer_list<char const*> all) {
            return std::ranges::any_of(all, [&](char const* one) { return word == one; });
        };
        if (is({"是", "有", "支持", "yes", "true", "1", "√"}))
            entry.ipv6 = true;
        else if (is({"否", "无", "不支持", "no", "false", "0", "×"}))
            entry.ipv6 = false;
        else
            refuse(ipv6, "nodes.import.yes_no");
    }
    void read_windows(LinkEntry& entry) {
        auto const typed = cell(windows);
        entry.windows.clear();
        if (text::without_blanks(typed).empty()) return;
        auto const read = windows_of(typed);
        if (!read)
            refuse(windows, "nodes.import.windows");
        else
            entry.windows = windows_text(*read);
    }
    void read_share(LinkEntry& entry) {
        auto const word = sheet_word(cell(share));
        entry.day_percent.reset();
        if (word.empty()) return;
        auto const value = number_of(word);
        if (!value || *value < 0 || *value > 100)
            refuse(share, "nodes.import.percent");
        else
            entry.day_percent = static_cast<std::int32_t>(std::lround(*value));
    }
    /// What the rules of a line refuse beyond single cells.
    void check(LinkEntry const& entry) {
        if (entry.medium == Medium::none && (entry.down_kbit > 0 || entry.up_kbit > 0))
            refuse(has(medium) ? medium : down, "nodes.import.none_has_rate");
        if (entry.operator_name.size() > 60) refuse(carrier, "nodes.import.too_long");
        if (entry.note.size() > 500) refuse(note, "nodes.import.too_long");
    }

    LinkWords const& words_;
    std::map<core::OrgId, LinkEntry> const& known_;
    std::array<std::size_t, columns> at_{};
    text::TableRow const* row_ = nullptr;
    std::string sheet_;
    std::map<core::OrgId, std::size_t> seen_;
    LinksReading out_;
};

/// 8.5 for 8500 kbit/s.
std::string mbit(std::int64_t kbit) {
    if (kbit == 0) return {};
    auto text = std::to_string(kbit / 1000);
    if (kbit % 1000 == 0) return text;
    auto rest = std::to_string(1000 + kbit % 1000).substr(1);
    while (rest.ends_with('0')) rest.pop_back();
    return text + "." + rest;
}

}  // namespace

core::Result<LinksReading> read_links(text::TableReader& table, LinkWords const& words,
                                      std::map<core::OrgId, LinkEntry> const& known) {
    Reader reader(words, known);
    for (auto const& one : table.sheets()) {
        if (!one.hidden) {
            reader.sheet(one.name);
            break;
        }
    }
    text::TableRow row;
    bool understood = false;
    std::size_t rows = 0;
    while (TRY(table.next(row))) {
        if (!understood) {
            understood = reader.heading(row);
            continue;
        }
        if (++rows > most_sheet_rows) return core::invalid_at("/file_id", "nodes.link.too_many");
        reader.row(row);
    }
    if (!understood) return core::invalid_at("/file_id", "nodes.import.no_heading");
    return reader.take();
}

std::vector<std::string> link_headings(std::string const& language) {
    std::vector<std::string> all;
    for (auto const& one : headings()) all.emplace_back(language == "en" ? one.english : one.chinese);
    return all;
}

std::vector<std::string> medium_titles(std::string const& language) {
    std::vector<std::string> all;
    for (auto const& one : media()) all.emplace_back(language == "en" ? one.english : one.chinese);
    return all;
}

std::vector<std::string> link_cells(LinkView const& view, std::string const& language) {
    auto const& link = view.link;
    bool const english = language == "en";
    auto const title = std::ranges::find(media(), link.medium, &MediumTitle::medium);
    auto const yes_no = [&](bool yes) { return std::string(english ? (yes ? "yes" : "no") : (yes ? "是" : "否")); };
    auto windows = link.windows;
    if (windows == "always" && !english) windows = "不限";
    return {view.school_code,
            view.org_name,
            view.registered ? (english ? title->english : title->chinese) : "",
            mbit(link.down_kbit),
            mbit(link.up_kbit),
            link.operator_name,
            link.since ? link.since->text() : "",
            link.ipv6 ? yes_no(*link.ipv6) : "",
            windows,
            link.cap_kbit ? (*link.cap_kbit == 0 ? "0" : mbit(*link.cap_kbit)) : "",
            link.day_percent ? std::to_string(*link.day_percent) : "",
            link.note};
}

}  // namespace santong::nodes
