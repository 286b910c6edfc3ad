META
key;value
budget;`ç
vote_type;approval
PROJECTS
cost;project_id
VOTES
vote;points;voter_id