"""Files that never were, the same on every machine."""

import random


def big_file(voters=65_000, projects=120, seed=2026):
    """About 4 MB: ballots of up to ten projects, ages, methods; costs with cents."""
    chance = random.Random(seed)
    ids = [f"P{number:03}" for number in range(projects)]
    votes = dict.fromkeys(ids, 0)
    rows = []
    for voter in range(voters):
        ballot = chance.sample(ids, chance.randint(1, 15))
        for project in ballot:
            votes[project] += 1
        method = chance.choice(("internet", "paper"))
        rows.append(f"{1_400_000_000 + voter};{','.join(ballot)};{chance.randint(12, 99)};{method}")
    lines = ["META", "key;value", "description;Made up", "country;Finland", "unit;Nowhere", "instance;2026"]
    lines += [f"num_projects;{projects}", f"num_votes;{voters}", "budget;2000000", "vote_type;approval"]
    lines += ["rule;greedy", "date_begin;01.09.2026", "date_end;30.09.2026", "max_length;15"]
    lines += ["PROJECTS", "project_id;cost;votes;name;category"]
    for project in ids:
        cost = f"{chance.randint(5_000, 400_000)}.{chance.randint(0, 99):02}"
        lines.append(f'{project};{cost};{votes[project]};"Project ""{project}""; made up";parks,culture')
    return "\n".join([*lines, "VOTES", "voter_id;vote;age;voting_method", *rows, ""]).encode()
