META
key;value
budget;1,5
vote_type;choose-1
neighborhoods;NaN
PROJECTS
cost;project_id;beneficiaries;description;votes;subunit;public_id
VOTES
voter_id;points;vote
NaN;­򅽀. [%Ì𥽄