"""The headings that people give to the columns of samples and team lists, as data."""

from hmip_desktop.sample_sheet.headings import Words

REFERENCE = "reference"
OFFICE = "office"


def _any_of(spellings: str) -> tuple[str, ...]:
    return tuple(spellings.split(", "))


SAMPLE = Words(
    needed=(REFERENCE,),
    usual={
        REFERENCE: _any_of(
            "case, case ref, case reference, case id, ref, case no, case number, reference number, "
            "reference no, ref no, ref number, case reference number, case reference no, "
            "case ref no"
        ),
        "ldu": _any_of(
            "local delivery unit, delivery unit, ldu name, local delivery unit name, "
            "local delivery unit ldu, ldu cluster"
        ),
        "case_type": _any_of(
            "type, type of case, order type, sentence type, type of sentence, type of order, "
            "order or licence"
        ),
        "rosh": _any_of(
            "rosh level, risk of serious harm, rosh classification, risk of harm, rosh risk, "
            "risk of serious harm level, risk of serious harm classification, current rosh, "
            "rosh risk level, risk of harm level, current rosh level, risk of serious harm rosh, "
            "roh, roh level"
        ),
        "gender": _any_of("sex, m f"),
        "ethnicity": _any_of(
            "race, race and ethnicity, ethnic group, race ethnicity, race & ethnicity, "
            "ethnic origin, self defined ethnicity"
        ),
        "principal_offence": _any_of(
            "offence, main offence, index offence, offence type, principal offence type, "
            "principal proven offence, current offence"
        ),
        "offender_manager": _any_of(
            "om, off manager, off mgr, offender mgr, practitioner, probation officer, "
            "responsible officer, officer, case manager, offender manager name, "
            "name of offender manager, om name, responsible officer name, "
            "probation practitioner, practitioner name, case manager name, officer name, "
            "offender manager om, allocated officer"
        ),
        "tier": _any_of("tier of service, tier level, tiering"),
        "sentence_date": _any_of(
            "date of sentence, sentenced, start date, date sentenced, date of sentencing, "
            "sentencing date"
        ),
    },
    likely={
        REFERENCE: _any_of("crn, crn no, crn number, case crn, delius crn, urn, id, no"),
        "sentence_date": _any_of(
            "date of order, order date, order start, order start date, start of order, start, "
            "commencement date, release date, date of release, sentence start date"
        ),
        "offender_manager": _any_of("supervising officer, supervisor, staff name, po"),
        "ldu": _any_of("unit, delivery unit name"),
        "case_type": _any_of("order, disposal, sentence, order licence"),
        "rosh": _any_of("risk, risk level"),
    },
    keeps_others=True,
)
TEAM = Words(
    needed=("name", "role"),
    usual={
        "name": _any_of("full name, team member, member of team, assessor name, names"),
        "role": _any_of("job title, role in inspection, inspection role, team role, job role"),
        "first_name": _any_of("forename, given name, firstname"),
        "last_name": _any_of("surname, family name, lastname"),
        OFFICE: _any_of("home office, base, office base"),
    },
    likely={
        "name": _any_of("member, person, assessor, staff, staff member, inspector, who"),
        "role": _any_of("title, job, position, grade, designation, function"),
        "first_name": ("first",),
        "last_name": ("last",),
        OFFICE: _any_of("ldu, ldu name, local delivery unit, delivery unit"),
    },
    keeps_others=False,
)
