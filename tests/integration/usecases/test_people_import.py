"""People from a CSV."""

import pytest
from sqlalchemy import select

from app.shared.errors import Rejected
from app.storage.people import Person
from app.usecases import people_import
from tests.factories import a_person

HEADINGS = "name,phone,cohort,age_band,team\n"
GOOD = (
    HEADINGS + "Sam Example,07700 900101,child_in_care,11 to 17,North\nAli Specimen,,care_leaver,18+,South\n"
)


def faults_of(kit, content):
    with pytest.raises(Rejected) as rejected:
        people_import.import_people(kit.toolkit, content, actor_id=None)
    return [str(fault) for fault in rejected.value.faults]


def how_many(kit):
    return people_import.everyone(kit.toolkit).total


def test_everybody_of_a_good_file_is_taken_in_under_a_designation(kit):
    done = people_import.import_people(kit.toolkit, GOOD.encode(), actor_id=None)

    listed = people_import.everyone(kit.toolkit).people
    assert (done.people, done.new_teams) == (2, ("North", "South"))
    assert sorted((one.team, one.cohort, one.age_band, one.has_phone) for one in listed) == [
        ("North", "Children in care", "11 to 17", True),
        ("South", "Care leavers", "18 and over", False),
    ]
    assert not any("Sam" in one.who or "Ali" in one.who for one in listed)


def test_names_and_numbers_are_stored_sealed(kit):
    people_import.import_people(kit.toolkit, GOOD.encode(), actor_id=None)

    with kit.toolkit.database.read() as work:
        rows = work.session.scalars(select(Person).where(Person.phone_sealed.is_not(None))).all()
        assert [work.unseal(row, "name_sealed") for row in rows] == ["Sam Example"]
        assert "Sam" not in rows[0].name_sealed
        assert "7700" not in rows[0].phone_sealed


def test_the_example_file_can_be_taken_in(kit):
    done = people_import.import_people(kit.toolkit, people_import.EXAMPLE.encode("utf-8-sig"), actor_id=None)

    assert done.people == 4


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.replace("Sam Example", "Zoë Example").encode("cp1252"),
        GOOD.replace("name,phone", "Name , Phone").replace("age_band", "Age band").encode(),
        GOOD.replace("11 to 17", "11–17").encode(),
        GOOD.replace("07700 900101", "7700900101").encode(),
        (GOOD + "\n,,,,\n").encode(),
    ],
    ids=["bom", "crlf", "semicolons", "utf16-tabs", "cp1252", "headings", "dash", "zero-lost", "blank-rows"],
)
def test_what_spreadsheets_write_is_understood(kit, content):
    people_import.import_people(kit.toolkit, content, actor_id=None)

    assert how_many(kit) == 2


def test_ten_bad_rows_are_all_told_at_once_and_nobody_is_taken_in(kit):
    rows = [
        ",07700 900110,child_in_care,11 to 17,North",
        "=cmd,07700 900111,child_in_care,11 to 17,North",
        "Sam Example,01632 960001,child_in_care,11 to 17,North",
        "Sam Example,4.47701E+11,child_in_care,11 to 17,North",
        "Sam Example,07700 900103,foster,11 to 17,North",
        "Sam Example,07700 900104,child_in_care,08-Oct,North",
        "Sam Example,07700 900105,child_in_care,18+,North",
        "Sam Example,07700 900106,carer,18+,+North",
        "Sam Example,07700 900107,carer,18+,North,and more",
        "Sam Example,hello,parent,old,",
    ]

    told = faults_of(kit, (GOOD + "\n".join(rows)).encode())

    assert [fault.split(":")[0] for fault in told] == [
        "row 4, column name",
        "row 5, column name",
        "row 6, column phone",
        "row 7, column phone",
        "row 8, column cohort",
        "row 9, column age_band",
        "row 10, column cohort",
        "row 11, column team",
        "row 12, column team",
        "row 13, column team",
        "row 13, column phone",
        "row 13, column age_band",
    ]
    assert how_many(kit) == 0


def test_no_fault_repeats_a_name_or_a_number(kit):
    told = faults_of(kit, (HEADINGS + "Zebraname,01632 960001,zebracohort,zebraage,=Zebrateam\n").encode())

    assert not any("zebra" in fault.lower() or "960001" in fault for fault in told)


def test_one_phone_belongs_to_one_person_of_the_file(kit):
    twice = HEADINGS + (
        "Sam Example,07700 900101,child_in_care,11 to 17,North\n"
        "Ali Specimen,+44 7700 900101,child_in_care,11 to 17,North\n"
    )

    assert faults_of(kit, twice.encode()) == [
        "row 3, column phone: is the same number as in row 2; one phone belongs to one person"
    ]


def test_a_phone_that_is_stored_already_is_a_fault(kit):
    a_person(kit, phone="+447700900101")

    assert faults_of(kit, GOOD.encode()) == [
        "row 2, column phone: belongs to somebody who is here already; remove the row"
    ]
    assert how_many(kit) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (HEADINGS.encode(), "holds no people"),
        (b"PK\x03\x04rest", "is an Excel workbook"),
        (GOOD.replace("Sam", "S\x00am").encode(), "holds bytes that are not text"),
        (b"x" * (5 * 1024 * 1024 + 1), "is larger than 5 MB"),
        (b'name,phone,cohort,age_band,team\n"' + b"x" * 140_000, "is not a CSV file"),
    ],
    ids=["empty", "headings-only", "workbook", "nul", "too-large", "endless-cell"],
)
def test_a_file_that_cannot_be_read_says_why(kit, content, told):
    (fault,) = faults_of(kit, content)

    assert told in fault


def test_every_fault_of_the_headings_is_told(kit):
    told = faults_of(kit, b"name,name,telephone,cohort,age_band\nx,x,x,x,x\n")

    assert [fault.split(";")[0] for fault in told] == [
        "row 1: the column phone is missing",
        "row 1: the column team is missing",
        "row 1, column 3: this column is not one of name, phone, cohort, age_band, team",
        "row 1: the column name is there twice",
    ]


def test_a_stored_phone_is_told_together_with_the_other_mistakes(kit):
    a_person(kit, phone="+447700900101")
    file = HEADINGS + (
        "Sam Example,07700 900101,child_in_care,11 to 17,North\n,07700 900102,child_in_care,11 to 17,North\n"
    )

    told = faults_of(kit, file.encode())

    assert [fault.split(":")[0] for fault in told] == ["row 2, column phone", "row 3, column name"]


def test_a_file_of_more_people_than_one_transaction_should_write_is_refused(kit):
    rows = [f"Sam Example,,carer,18+,North {number}" for number in range(2001)]

    told = faults_of(kit, (HEADINGS + "\n".join(rows)).encode())

    assert told == ["file: holds more than 2,000 people; split it into smaller files"]
    assert how_many(kit) == 0


def test_everybody_stands_on_one_page_of_the_list(kit):
    rows = [f"Sam Example,,carer,18+,North {number % 3}" for number in range(201)]
    people_import.import_people(kit.toolkit, (HEADINGS + "\n".join(rows)).encode(), actor_id=None)

    pages = [people_import.everyone(kit.toolkit, page=page) for page in (1, 2)]

    assert [(one.page, one.pages, len(one.people)) for one in pages] == [(1, 2, 200), (2, 2, 1)]
    assert len({person.who for page in pages for person in page.people}) == 201
