from collections.abc import Iterator

from tanxin.demo.invent.human import UnitLine
from tanxin.demo.invent.plan import Institution, Plan


def unit_lines(plan: Plan) -> tuple[UnitLine, ...]:
    return (
        UnitLine(plan.code, plan.name, "机关", ""),
        *department_lines(plan),
        *(line for at, each in enumerate(plan.institutions, 1) for line in below(plan, at, each)),
        *party_lines(plan),
    )


def department_lines(plan: Plan) -> Iterator[UnitLine]:
    for at, each in enumerate(plan.departments, 1):
        yield UnitLine(f"{plan.code}-{at:02}", each.name, "处室", plan.code)


def below(plan: Plan, at: int, institution: Institution) -> Iterator[UnitLine]:
    code = f"{plan.code}-X{at}"
    yield UnitLine(code, institution.name, "下属单位", plan.code)
    for number, section in enumerate(institution.sections, 1):
        yield UnitLine(f"{code}-{number}", section, "科室", code)


def party_lines(plan: Plan) -> Iterator[UnitLine]:
    committee = f"{plan.code}-D"
    yield UnitLine(committee, plan.committee, "党委", plan.code)
    names = dict.fromkeys(plan.branch_of_department(each.name) for each in plan.departments)
    for at, name in enumerate([*names, *plan.retired["branches"]], 1):
        yield UnitLine(f"{committee}{at:02}", name, "党支部", committee)
    for at, each in enumerate(plan.institutions, 1):
        above = committee
        if each.branches > 1:
            above = f"{committee}Z{at}"
            yield UnitLine(above, f"{each.short}党总支", "党总支", committee)
        for number, name in enumerate(each.branch_names, 1):
            yield UnitLine(f"{committee}X{at}{number}", name, "党支部", above)
