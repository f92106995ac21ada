#!/usr/bin/env python3
"""Writes common_passwords.cpp: passwords of 8 characters and more that are tried first, in lower case.

Shorter ones are refused by their length. The list is put together from what leaked lists have in common:
digit runs, keyboard walks, a word with figures behind it, and what schools choose (place, year, "student").
"""
import os

RUNS = """12345678 123456789 1234567890 0123456789 01234567 87654321 987654321 9876543210 0987654321 11223344 1122334455
112233445566 12341234 123123123 12312312 1234512345 123456123456 147258369 741852963 159357456 15935728 123654789
789456123 14725836 321321321 123321123 12344321 1234554321 123456654321 135792468 246813579 13572468 31415926 314159265
52013145 5201314520 520131499 1314520520 13145200 7758521521 77585210 77585211 12345679 123456780 123456781 23456789
98765432 11112222 111222333 12121212 13131313 10101010 20082008 20102010 19491001 00112233 66778899 55667788 88776655
66668888 88886666 99998888 123454321 110110110 119119119 12301230 10203040 1q2w3e4r 147147147 258258258 369369369
456456456 789789789 1597534862 7894561230 123789456 520520520 521521521 1314521521 168168168 518518518""".split()

WALKS = """qwertyui qwertyuiop asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 zxcvbnmm qwerty12 qwerty123 qwerty1234 qwerty12345
qwertyuiop123 1qaz2wsx 1qaz2wsx3edc 2wsx3edc 3edc4rfv qazwsxedc qazwsxedcrfv qazwsx123 q1w2e3r4 q1w2e3r4t5 1q2w3e4r5t
1q2w3e4r5t6y 1234qwer 12345qwert qwer1234 asdf1234 zxcv1234 asdfasdf qweasdzxc qweasd123 123qweasd 123qweasdzxc qwe123456
123456qwe asd123456 zxc123456 abc12345 abc123456 abcd1234 abcd123456 a1b2c3d4 a1b2c3d4e5 abcdefgh abcdefg1 abcdefg123
aabbccdd aaaabbbb abcabc123 a1234567 a12345678 a123456789 aa123456 aa12345678 aaa12345 as123456 asdfghjkl123 poiuytrewq
lkjhgfdsa mnbvcxz1 !qaz2wsx 1qaz@wsx p@ssw0rd p@ssword passw0rd pa55word !@#$%^&* !@#$%^&*() zaq12wsx xsw2zaq1 zaq1xsw2
1qazxsw2 qazxswedc wsxedcrfv edcrfvtgb 147852369 963852741 741852963a q12345678 z123456789 w123456789 s123456789
1a2b3c4d 12345abc 12345678a 123456789a 123456789q 1234567a 1234abcd 123456aa 123456abc 654321abc""".split()

WORDS = """password iloveyou sunshine princess football baseball superman trustno1 letmein welcome dragon monkey shadow
master michael jordan computer internet windows administrator admin root guest system manager server oracle postgres
test tester testing user default changeme secret login public private office school teacher student pupil class parent
principal education campus college university library network santong datonghu datong yuelu hunan yiyang changsha china
beijing shanghai zhongguo xuexiao laoshi xuesheng jiaoshi banji xiaozhang jiazhang jiaoyu jiaoyuju xiaoxue zhongxue
woaini woaiwojia woaizhongguo wodemima mima mimamima nihao zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing
liuwei zhangli wangxiuying zhangjing yangyang tiantian baobao baobei xiaoming haohao lele kaixin pingan fuguirongchang
jiayou haohaoxuexi tiantianxiangshang qinqin laopo laogong""".split()

TAILS = ["", "1", "12", "123", "1234", "12345", "123456", "888", "666", "520", "@123", "!", "2014"]
YEARS = [str(year) for year in range(2010, 2031)]
SCHOOL = ["datonghu", "santong", "xuexiao", "school", "teacher", "student", "password", "admin"]


def main() -> None:
    found = set(RUNS) | set(WALKS)
    for digit in "0123456789":
        found |= {digit * count for count in range(8, 13)}
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found |= {letter * 8, letter + "12345678", letter + "1234567", letter * 2 + "123456", letter * 3 + "123456"}
    found |= {word + tail for word in WORDS for tail in TAILS}
    found |= {word + year for word in SCHOOL for year in YEARS}
    found |= {"430971" + tail for tail in ("123", "1234", "430971", "00", "88")}
    rows = sorted(word for word in found if len(word) >= 8)
    lines = ["// Made by common_passwords.py; do not edit.", "// clang-format off", '#include "platform/auth/common_passwords.hpp"', "",
             "namespace santong::auth {", "", "std::unordered_set<std::string> const& common_passwords() {",
             "    static std::unordered_set<std::string> const all = {"]
    line = "       "
    for word in rows:
        piece = f' "{word}",'
        if len(line) + len(piece) > 118:
            lines.append(line)
            line = "       "
        line += piece
    lines += [line, "    };", "    return all;", "}", "", "}  // namespace santong::auth", ""]
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "common_passwords.cpp"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


main()
