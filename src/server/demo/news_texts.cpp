#include "server/demo/news_texts.hpp"

namespace santong::server::demo {

namespace {

using enum NewsWriter;
using news::ArticleAudience;
using news::ArticleKind;
using news::ArticleScope;
using news::ArticleState;

constexpr NewsText texts[] = {
    {info_office, ArticleKind::notice, ArticleScope::district, ArticleAudience::staff, ArticleState::published, 0, 8,
     true, 41, "关于做好冬季校园消防和防煤气中毒工作的通知", "各校本周内自查一次，校长签字后存档。",
     "各学校、教学点：\n"
     "天气转冷，用电用火增多。为保障师生安全，现将有关工作通知如下。\n"
     "# 自查内容\n"
     "- 教室、宿舍、食堂的电线和插座\n"
     "- 灭火器在有效期内，疏散通道没有堵\n"
     "- 宿舍和值班室不用煤炉，取暖时开窗通风\n"
     "# 时间\n"
     "11 月 21 日前完成自查，有问题的当天整改。",
     ""},
    {info_office, ArticleKind::news, ArticleScope::public_, ArticleAudience::everyone, ArticleState::published, 0, 14,
     false, 0, "我区 50 间教室完成多媒体改造", "村小和教学点的孩子也能和中心校同上一节课。",
     "暑假以来，我区完成 50 间教室的多媒体改造，其中一半在村小和教学点。\n"
     "每间教室配有一块大屏、一台教室电脑和同步课堂的摄像头，老师用手机扫码就能上课。\n"
     "# 怎么用起来\n"
     "各校每周在平台上看得到自己教室的使用情况，用得少的教研员会去帮着备课。\n"
     "@国家中小学智慧教育平台|https://basic.smartedu.cn/",
     ""},
    {researcher, ArticleKind::research, ArticleScope::district, ArticleAudience::staff, ArticleState::published, 0, 6,
     false, 0, "小学数学“图形的面积”联片教研活动小结", "从“数方格”到“割补”，让学生自己想到办法。",
     "上周，全区小学数学联片教研围绕五年级“多边形的面积”展开，四所学校的老师同课异构。\n"
     "# 大家的共识\n"
     "- 先让学生动手剪一剪、拼一拼，再写公式\n"
     "- 课件只用来比较方法，不代替操作\n"
     "- 作业里留一道“用两种方法求”的题\n"
     "资源已放在资源库“多边形的面积”一课下，欢迎使用后写一句效果。",
     "", "picture/parallelogram-cut-move.png", "平行四边形沿高剪开，拼成一个长方形"},
    {teacher, ArticleKind::news, ArticleScope::school, ArticleAudience::everyone, ArticleState::published, 0, 7, false,
     0, "五年级数学公开课开讲", "剪一剪，拼一拼，平行四边形“变”成了长方形。",
     "本周四下午，五年级的数学公开课在多媒体教室进行，教研组的老师都来听课。\n"
     "同学们用剪刀和彩纸自己找到了求面积的办法，课堂上笑声不断。\n"
     "课后，老师们就“什么时候放课件”讨论了一节课的时间。",
     "", "picture/polygon-formulas.png", "黑板上的三种图形和它们的面积公式"},
    {academic, ArticleKind::notice, ArticleScope::school, ArticleAudience::families, ArticleState::published, 0, 3,
     false, 64, "冬季作息时间调整的通知", "从下周一起，早上推迟 20 分钟到校。",
     "各位家长：\n"
     "从 11 月 24 日（下周一）起执行冬季作息。\n"
     "- 早上 8:00 前到校，不要早于 7:30\n"
     "- 下午 4:10 放学，校车时间不变\n"
     "- 中午在校吃饭的同学请带好水杯\n"
     "天黑得早，请走路上学的孩子穿亮色衣服。",
     ""},
    {academic, ArticleKind::news, ArticleScope::public_, ArticleAudience::everyone, ArticleState::published, 0, 20,
     false, 0, "秋季田径运动会圆满结束", "三天、十八个项目，每个班都有自己的“小冠军”。",
     "我校秋季田径运动会上周落下帷幕。\n"
     "今年新增了亲子接力，六十多位家长和孩子一起跑完了全程。\n"
     "感谢体育组和志愿家长的付出，也感谢河坝镇卫生院的现场保障。",
     ""},
    {academic, ArticleKind::notice, ArticleScope::area, ArticleAudience::staff, ArticleState::published, 0, 2, true, 25,
     "片区校本研修第三次活动安排", "中心校和各村小、教学点的老师参加。",
     "片区各校：\n"
     "第三次研修定于 11 月 27 日（周四）下午 1:30，在中心校录播室。\n"
     "# 内容\n"
     "- 听课：三年级语文《富饶的西沙群岛》\n"
     "- 分组评课，每组推一位老师发言\n"
     "- 布置期末复习的联片备课\n"
     "村小不能到场的老师可以在本校教室同步参加。",
     ""},
    {middle_academic, ArticleKind::news, ArticleScope::district, ArticleAudience::everyone, ArticleState::published, 0,
     10, false, 0, "八年级物理实验操作比赛举行", "人人动手，个个过关。",
     "我校八年级物理实验操作比赛昨天举行，全年级同学参加了“用电流表测电流”的操作。\n"
     "比赛不排名次，操作规范的同学都拿到了“小小实验员”证书。",
     ""},
    {teacher, ArticleKind::news, ArticleScope::district, ArticleAudience::everyone, ArticleState::in_review, 0, 1,
     false, 0, "“一课三上”：同一节课，三种上法", "教研组的三位老师上了同一课，差别在哪里？",
     "教研组本月的主题是“平行四边形的面积”。三位老师用三种方式上了同一节课。\n"
     "- 第一种：先看微课再讨论\n"
     "- 第二种：先动手再看课件\n"
     "- 第三种：从生活问题开始\n"
     "听课的老师觉得，第二种最适合我们的学生。",
     ""},
    {village_teacher, ArticleKind::news, ArticleScope::district, ArticleAudience::everyone, ArticleState::in_review, 2,
     3, false, 0, "村小的同步音乐课", "没有专职音乐老师的教室里，响起了合唱。",
     "每周三下午，我们和中心校同上一节音乐课。\n"
     "屏幕那头老师弹琴，这头孩子们跟着唱，有时还能听到对面班级的回声。\n"
     "一学期下来，孩子们会唱七首歌了。",
     ""},
    {teacher, ArticleKind::news, ArticleScope::school, ArticleAudience::everyone, ArticleState::returned, 0, 2, false,
     0, "班级读书角“开张”了", "四十本书，是孩子们自己带来的。",
     "上周五，我们班的读书角开张了。\n"
     "每人带来一本最喜欢的书，写一张推荐卡。\n"
     "管理员由孩子们轮流当，借还都登记。",
     "正文写了借书最多的几位同学的全名，请改成不写姓名。"},
    {academic, ArticleKind::notice, ArticleScope::school, ArticleAudience::staff, ArticleState::draft, 0, -1, false, 0,
     "期末复习和考试安排", "",
     "期末考试定在 1 月 15、16 日。\n"
     "各教研组 12 月底前交复习计划。",
     ""},
    {middle_academic, ArticleKind::notice, ArticleScope::school, ArticleAudience::families, ArticleState::withdrawn, 0,
     9, false, 0, "下周食堂菜单", "", "下周菜单：周一红烧肉、青菜；周二鸡腿、豆腐；周三鱼块、白菜。",
     "菜单临时有变，改好后重新发布。"},
};

}  // namespace

std::span<NewsText const> news_texts() {
    return texts;
}

}  // namespace santong::server::demo
