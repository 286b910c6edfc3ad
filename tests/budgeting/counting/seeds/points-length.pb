META
key;value
budget;2
vote_type;scoring
PROJECTS
project_id;cost;score

VOTES
voter_id;points;vote;sex
0;100000
2