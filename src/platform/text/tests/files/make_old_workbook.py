#!/usr/bin/env python3
"""Made old_workbook.xls once, with Debian's python3-xlwt. usage: make_old_workbook.py OUT.xls"""
import datetime
import sys

import xlwt

book = xlwt.Workbook(encoding="utf-8")
day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
sheet = book.add_sheet("学生")
sheet.write_merge(0, 0, 0, 4, "大通湖区学生名册")
for column, title in enumerate(["姓名", "学籍号", "出生日期", "班级", "身份证号"]):
    sheet.write(1, column, title)
sheet.write(2, 0, "张三")
sheet.write(2, 1, "G430901200301010019")
sheet.write(2, 2, datetime.date(2003, 1, 1), day)
sheet.write(2, 3, "五（2）班")
sheet.write(2, 4, 430901200301010019)
sheet.write(4, 0, "李四")
sheet.write(4, 2, "2003.2.31")
sheet.write(4, 3, 503)
book.add_sheet("空表")
book.save(sys.argv[1])
