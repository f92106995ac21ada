#include "modules/roster/rules/column_names.hpp"

#include <array>

namespace santong::roster::rules {

std::span<ColumnName const> column_names() {
    using enum RosterField;
    static constexpr std::array names{
        ColumnName{name,
                   "姓名|学生姓名|名字|教师姓名|教职工姓名|学生|xm|fullname|name|studentname|teachername|人员姓名"},
        ColumnName{former_name, "曾用名|cym"},
        ColumnName{name_pinyin, "姓名拼音|xmpy|拼音"},
        ColumnName{given_name, "givenname|firstname"},
        ColumnName{family_name, "familyname|lastname|surname"},
        ColumnName{sex, "性别|性别码|xb|xbm|sex|gender"},
        ColumnName{birth_date, "出生日期|出生年月日|出生年月|生日|csrq|birthdate|birthday|dateofbirth"},
        ColumnName{ethnic_group, "民族|民族码|mz|mzm"},
        ColumnName{citizen_number,
                   "身份证件号|身份证件号码|身份证号|身份证号码|身份证|公民身份号码|证件号码|证件号|学生身份证号|sfzjh|"
                   "sfzh|idnumber"},
        ColumnName{document_kind, "身份证件类型|证件类型|sfzjlx|sfzjlxm"},
        ColumnName{student_number, "学籍号|全国学籍号|学籍号码|国网学籍号|全国统一学籍号|学籍编号|xjh|studentnumber"},
        ColumnName{school_pupil_number, "学号|校内学号|班内学号|学籍辅号|xh|localidentifier"},
        ColumnName{grade, "年级|年级名称|所在年级|就读年级|nj|njmc|grade|grades"},
        ColumnName{class_name,
                   "班级|班|班别|班级名称|所在班级|行政班|就读班级|年级班级|bj|bjmc|class|classname|classtitle"},
        ColumnName{class_number, "班号|班级编号|班级号|bh|classcode"},
        ColumnName{entry_month, "入学年月|入学时间|入学日期|入校时间|rxny|entrydate|begindate"},
        ColumnName{enrolment_kind, "入学方式|学生类别|学生来源|就读方式|rxfs|xslb"},
        ColumnName{residence_kind, "户口性质|户口类别|是否住宿|是否留守儿童|hklb"},
        ColumnName{guardian_name,
                   "监护人姓名|家长姓名|监护人|家长|父母或监护人姓名|成员1姓名|家庭成员或监护人姓名|父亲姓名|母亲姓名|"
                   "联系人|guardianname"},
        ColumnName{guardian_relation,
                   "监护人关系|与学生关系|家长关系|成员1关系|家庭成员或监护人关系|关系|relationship"},
        ColumnName{guardian_phone,
                   "监护人电话|监护人手机|监护人手机号|监护人联系电话|家长电话|家长手机|家长手机号|家长联系电话|"
                   "成员1联系电话|家庭电话|"
                   "父亲电话|母亲电话|家庭成员或监护人联系电话|guardianphone"},
        ColumnName{
            guardian_citizen_number,
            "监护人身份证号|监护人身份证件号|家长身份证号|监护人证件号码|成员1身份证件号|家庭成员或监护人身份证件号"},
        ColumnName{phone, "联系电话|电话|手机|手机号|手机号码|移动电话|电话号码|本人电话|lxdh|phone|sms|mobile"},
        ColumnName{email, "电子邮箱|邮箱|电子信箱|email|mail"},
        ColumnName{address, "现住址|家庭住址|家庭地址|通信地址|住址|xzz|address"},
        ColumnName{household_place, "户口所在地|户籍地址|户籍所在地|户口所在地行政区划|籍贯|出生地"},
        ColumnName{staff_number,
                   "工号|教职工号|教师编号|教工号|教师代码|教职工编号|人员编号|教师工号|gh|staffnumber|employeenumber"},
        ColumnName{subject, "任教学科|学科|任课学科|任教科目|主要任教学科|所教学科|科目|rjxk|subject|subjects"},
        ColumnName{post, "职务|行政职务|岗位|岗位名称|担任职务|zw|position"},
        ColumnName{title, "职称|专业技术职务|技术职称|聘任职称|zc"},
        ColumnName{entry_into_work, "参加工作时间|参加工作年月|从教时间|进校时间|来校时间|来校年月|cjgzny"},
        ColumnName{homeroom_teacher, "班主任|班主任姓名|是否班主任|bzr"},
        ColumnName{political_status, "政治面貌|zzmm|zzmmm"},
        ColumnName{education, "学历|最高学历|第一学历|文化程度|xl|xlm"},
        ColumnName{school,
                   "学校|校名|学校名|学校名称|所在学校|就读学校|工作单位|单位|单位名称|所属学校|xxmc|school|schoolname|"
                   "orgname"},
        ColumnName{school_code, "学校标识码|学校代码|单位代码|标识码|学校识别码|xxbsm|xxdm|schoolcode"},
        ColumnName{school_type, "学校类型|办学类型|学校类别|学校办学类型|bxlx|schooltype|kind"},
        ColumnName{township, "乡镇|所在乡镇|镇|街道|乡镇街道|township"},
        ColumnName{place_code, "所在地代码|所在地区划代码|行政区划代码|区划代码|xzqhm"},
        ColumnName{principal, "校长|校长姓名|负责人|法定代表人|principal"},
        ColumnName{login, "用户名|登录名|账号|登录账号|username|login"},
        ColumnName{role, "角色|身份|人员类别|role|primaryrole"},
        ColumnName{external_id, "sourcedid|外部编号|数据标识"},
        ColumnName{status, "学生状态|学籍状态|状态|在职状态|人员状态|status"},
        ColumnName{note, "备注|说明|bz|note|notes|remark|remarks"},
    };
    return names;
}

}  // namespace santong::roster::rules
