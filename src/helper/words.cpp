#include "helper/words.hpp"

#include <algorithm>
#include <array>

namespace santong::helper {

namespace {

struct Entry {
    std::string_view key;
    std::string_view chinese;
    std::string_view english;
};

constexpr std::array entries{
    Entry{
        "usage",
        "用法：\n"
        "  santong-helper install --server 地址   登记这台电脑并设为开机启动\n"
        "  santong-helper status                  看它上报了什么\n"
        "  santong-helper open [序号]             打开本节课的课件原件（断网时也可以）\n"
        "  santong-helper uninstall               取消开机启动，删除本机上的全部内容\n"
        "  santong-helper enrol --server 地址     只登记\n"
        "  santong-helper run                     运行（开机启动时自动执行）\n"
        "选项：--data 文件夹，--authority 证书文件（Linux），--language zh|en",
        "usage:\n"
        "  santong-helper install --server URL   enrol this computer and start with it\n"
        "  santong-helper status                 what it reports\n"
        "  santong-helper open [NUMBER]          open an original of the running lesson (also while the line is cut)\n"
        "  santong-helper uninstall              start no more, remove everything of it here\n"
        "  santong-helper enrol --server URL     enrol only\n"
        "  santong-helper run                    run (what the start of the session does)\n"
        "options: --data FOLDER, --authority CERTIFICATE (Linux), --language zh|en"},
    Entry{"bad_server", "地址要像 https://school.example 这样；http 只能用于本机。",
          "The address looks like https://school.example; plain http is for this very machine only."},
    Entry{"not_reached", "连不上学校服务器：{1}", "The school's server is not reached: {1}"},
    Entry{"code", "登记码：{1}\n请管理员在“教室电脑”页面输入，10 分钟内有效。",
          "Code: {1}\nAn administrator enters it on the page “Classroom computers” within 10 minutes."},
    Entry{"enrolled", "登记好了：{1} {2}", "Enrolled: {1} {2}"},
    Entry{"enrolment_over", "登记码过期了，请重来。", "The code is over; please begin again."},
    Entry{"not_enrolled", "这台电脑还没有登记。", "This computer is not enrolled."},
    Entry{"revoked", "学校已取消这台电脑的登记。", "The school does not know this computer any more."},
    Entry{"runs_already", "它已经在运行。", "It runs already."},
    Entry{"installed", "已设为开机启动：{1}", "Starts with the session from now on: {1}"},
    Entry{"uninstalled", "已取消开机启动，本机上的内容已删除。", "Starts no more; what it kept here is gone."},
    Entry{"room", "教室：{1} {2}", "Room: {1} {2}"},
    Entry{"lesson", "现在的课：{1}", "Lesson now: {1}"},
    Entry{"no_lesson", "现在没有开着的课。", "No lesson runs here now."},
    Entry{"files", "本节课的课件原件：", "Originals of this lesson:"},
    Entry{"here", "{1}. {2}（已在本机）", "{1}. {2} (here)"},
    Entry{"not_here", "{1}. {2}（还没有取到）", "{1}. {2} (not fetched yet)"},
    Entry{"report_head", "上报的全部内容（每 5 分钟一行，只有种类和分钟）：",
          "All that is reported (a line for five minutes: kinds and minutes only):"},
    Entry{"report_none", "还没有可上报的内容。", "Nothing to report yet."},
    Entry{"sent", "{1}  {2}", "{1}  {2}"},
    Entry{"waiting", "{1}  {2}  等待发送", "{1}  {2}  waits to be sent"},
    Entry{"never", "不上报：标题、文件名、画面、声音、按键、是谁在用。",
          "Never reported: titles, file names, pictures, sound, keys, who is using it."},
    Entry{"no_such_file", "没有这个序号。", "There is no such number."},
    Entry{"cannot_open", "这台电脑没有能打开它的程序。", "This computer has no program that opens it."},
    Entry{"minutes", "{1} {2} 分钟", "{1} {2} min"},
    Entry{"slides", "课件", "slides"},
    Entry{"document", "文档", "document"},
    Entry{"video", "音视频", "video"},
    Entry{"picture", "图片", "picture"},
    Entry{"browser", "浏览器", "browser"},
    Entry{"board", "白板", "board"},
    Entry{"interactive", "互动软件", "interactive"},
    Entry{"other", "其他", "other"},
};

void put_in(std::string& text, std::string_view mark, std::string const& value) {
    if (auto const at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
}

}  // namespace

std::string words(std::string_view language, std::string_view key, std::string const& one, std::string const& two) {
    auto const found = std::ranges::find(entries, key, &Entry::key);
    if (found == entries.end()) return std::string(key);
    std::string text(language == "zh" ? found->chinese : found->english);
    put_in(text, "{1}", one);
    put_in(text, "{2}", two);
    return text;
}

}  // namespace santong::helper
