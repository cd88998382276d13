from datetime import date

from apps.org.roster import made
from tanxin.apps.org.roster import CareerLine, read_roster


def codes(roster):
    return [f.code for f in roster.findings if f.code != "units-implied"]


def test_an_lrmx_form_is_one_person():
    roster = read_roster("李娜.lrmx", made.lrmx())

    (person,) = roster.people
    assert (person.name, person.gender, person.birth) == ("李娜", "f", "1979-10")
    assert (person.unit, person.post) == ("市发展局", "市发展局办公室主任")
    assert person.education == "全日制大学（经济学学士），在职研究生"
    assert (person.joined_party, person.started_work) == (date(2001, 6, 1), date(2002, 7, 1))
    assert person.id_number == made.id_number("19791003", 2)
    assert codes(roster) == []


def test_the_career_keeps_its_asides_and_its_open_end():
    (person,) = read_roster("李娜.lrmx", made.lrmx()).people

    assert person.career == (
        CareerLine("1998-09", "2002-07", "北京某大学经济系学习"),
        CareerLine(
            "2002-07",
            "2010-03",
            "市发展局科员、副主任科员",
            ("（其间：2005.09--2008.07在职研究生学习）",),
        ),
        CareerLine("2010-03", "", "市发展局办公室主任"),
    )


def test_a_wrapped_line_of_the_career_is_joined_again():
    text = "2002.07--2010.03  市发展局科员、\n                  副主任科员\n无法识别"

    (person,) = read_roster("a.lrmx", made.lrmx(JianLi=text)).people

    assert person.career == (CareerLine("2002-07", "2010-03", "市发展局科员、副主任科员无法识别"),)


def test_career_lines_before_the_first_date_are_counted_as_lost():
    roster = read_roster("a.lrmx", made.lrmx(JianLi="大学毕业\n2002.07--2010.03  科员"))

    assert codes(roster) == ["career-lines-lost"]


def test_words_instead_of_a_party_date_name_the_party():
    (person,) = read_roster("a.lrmx", made.lrmx(RuDangShiJian="民盟")).people

    assert (person.politics, person.joined_party) == ("05", None)


def test_stray_control_characters_do_not_break_a_form():
    data = made.lrmx().replace("经济系".encode(), "经济\x0b系".encode())

    (person,) = read_roster("a.lrmx", data).people

    assert person.career[0].text == "北京某大学经济系学习"


def test_a_form_saved_as_gb18030_is_read_all_the_same():
    data = made.lrmx().decode().encode("gb18030")

    assert [p.name for p in read_roster("a.lrmx", data).people] == ["李娜"]


def test_the_photograph_and_the_family_are_not_kept():
    (person,) = read_roster("a.lrmx", made.lrmx(photo="UEhPVE8=")).people

    kept = str([getattr(person, name) for name in person.__slots__])
    assert "UEhPVE8" not in kept
    assert "王强" not in kept


def test_an_lrm_record_is_one_person():
    roster = read_roster("王芳.lrm", made.lrm())

    (person,) = roster.people
    assert (person.name, person.gender, person.birth) == ("王芳", "f", "1983-01")
    assert (person.unit, person.post) == ("市发展局", "市发展局人事处处长")
    assert person.education == "全日制大学（管理学学士），在职研究生"
    assert len(person.career) == 3
    assert codes(roster) == []


def test_a_zip_may_mix_forms_and_tables_and_pictures():
    data = made.zipped(
        {
            "李娜.lrmx": made.lrmx(),
            "王芳.lrm": made.lrm(),
            "王芳.pic": b"\xff\xd8\xff",
            "名册.xlsx": made.people_xlsx(made.person()),
            "补充.csv": made.csv_file([["姓名", "性别", "单位", "职级"], ["赵敏", "女", "局", ""]]),
        }
    )

    roster = read_roster("报送.zip", data)

    assert [p.name for p in roster.people] == ["李娜", "王芳", "张伟", "赵敏"]
    assert roster.people[0].where.file == "报送.zip/李娜.lrmx"
    assert codes(roster) == ["file-skipped"]


def test_names_packed_by_windows_are_legible():
    data = made.zipped({"李娜.lrmx": made.lrmx()}, gb_names=True)

    (person,) = read_roster("a.zip", data).people

    assert person.where.file == "a.zip/李娜.lrmx"


def test_a_broken_form_is_a_finding_and_the_others_are_read():
    data = made.zipped({"1.lrmx": made.lrmx()[:300], "2.lrmx": made.lrmx()})

    roster = read_roster("a.zip", data)

    assert [p.name for p in roster.people] == ["李娜"]
    assert codes(roster) == ["xml-broken"]
    assert roster.unreadable
